"""What two decisions come to: yes only if both say yes, else the more cautious one."""

from erdkreis.fit.models import Value

# From the most cautious to the least.
CAUTION = (Value.NO, Value.SOMEONE_ELSE, Value.NOT_YET, Value.YES)


def result_of(one: Value, other: Value) -> Value:
    """Return what holds for both. The order of the two makes no difference."""
    return min(one, other, key=CAUTION.index)
