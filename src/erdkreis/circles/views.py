from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.accounts.queries import person_of
from erdkreis.circles import actions, services
from erdkreis.circles.forms import CircleForm, GroupForm, RoleForm, WhoIsAskedForm
from erdkreis.circles.journal import days, record
from erdkreis.circles.models import Circle, Group, Role
from erdkreis.circles.queries import host_is_only_facilitator, team
from erdkreis.circles.rules import may_host, may_prepare, may_read, require
from erdkreis.web.undo import offer_undo

LINES_ON_A_PAGE = 100


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    form = CircleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, place = form.cleaned_data["organisation"], form.cleaned_data["place"]
        person = person_of(request)
        with transaction.atomic():
            circle = services.found_circle(person, name, place=place)
            record(circle, person, actions.FOUNDED)
        return redirect("home:circle", circle.slug)
    return render(request, "circles/new.html", {"form": form})


@signed_in
def groups(request: HttpRequest, slug: str) -> HttpResponse:
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_prepare(circle, request.user))
    groups = list(circle.groups.all())
    form = WhoIsAskedForm(groups, request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked, reason = form.cleaned_data["asked"], form.cleaned_data["reason"]
        with transaction.atomic():
            changed = services.ask_only(groups, asked, reason)
            names = ", ".join(one.name for one in changed)
            record(circle, person_of(request), actions.GROUP_CHANGED, names)
        messages.success(request, _("Saved."))
        return redirect("home:circle", circle.slug)
    context = {"circle": circle, "groups": groups, "form": form}
    return render(request, "circles/groups.html", context)


@signed_in
def group(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """Change a group, or add an own one."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_prepare(circle, request.user))
    instance = get_object_or_404(Group, circle=circle, code=code) if code else None
    form = GroupForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        with transaction.atomic():
            if instance is None:
                services.add_group(circle, changed)
            else:
                services.change_group(changed)
            done = actions.GROUP_CHANGED if instance else actions.GROUP_ADDED
            record(circle, person_of(request), done, changed.name)
        messages.success(
            request, _("Saved. Rounds that people already answer keep the old wording.")
        )
        return redirect("circles:groups", circle.slug)
    context = {"circle": circle, "form": form, "group": instance}
    return render(request, "circles/group.html", context)


@signed_in
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who may do what, and give a role."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_host(circle, request.user))
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            role, is_new = services.give_role(circle, **form.cleaned_data)
            record(circle, person_of(request), actions.ROLE_GIVEN, role.kind)
        messages.success(request, _("%(person)s has the role now.") % {"person": role.person})
        if is_new and not services.invite_to_choose_a_password(role, person_of(request)):
            messages.warning(
                request,
                _("The mail could not be sent. Please pass on this address: %(reset)s")
                % {"reset": request.build_absolute_uri(reverse("account_reset_password"))},
            )
        return redirect("circles:people", circle.slug)
    roles = team(circle)
    context = {
        "circle": circle,
        "form": form,
        "roles": roles,
        "host_is_only_facilitator": host_is_only_facilitator(roles),
    }
    return render(request, "circles/people.html", context)


@signed_in
@require_POST
def take_role(request: HttpRequest, slug: str, role_id: int) -> HttpResponse:
    circle = get_object_or_404(Circle, slug=slug)
    require(allowed=may_host(circle, request.user))
    kept = Role.objects.select_related("circle", "person")
    role = get_object_or_404(kept, circle=circle, pk=role_id)
    try:
        with transaction.atomic():
            # Before: whoever gives up the own role had it while doing so.
            record(circle, person_of(request), actions.ROLE_TAKEN, role.kind)
            services.take_role(role)
    except services.CircleError as error:
        messages.error(request, str(error))
        return redirect("circles:people", circle.slug)
    if may_host(circle, request.user):
        offer_undo(
            request,
            _("%(person)s no longer has the role “%(role)s”.")
            % {"person": role.person, "role": role.get_kind_display()},
            reverse("circles:people", args=[circle.slug]),
            {"email": role.person.email, "name": role.person.name, "kind": role.kind},
        )
        return redirect("circles:people", circle.slug)
    # Whoever gave up the own role of host may not see that page any more.
    messages.success(request, _("The role was taken away."))
    return redirect("home:circles")


@signed_in
@require_safe
def journal(request: HttpRequest, slug: str) -> HttpResponse:
    """What hosts and facilitators did: open to everyone who may read the circle."""
    circle = get_object_or_404(Circle.objects.select_related("organisation"), slug=slug)
    require(allowed=may_read(circle, request.user))
    entries = circle.journal.select_related("person")
    page = Paginator(entries, LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"circle": circle, "page": page, "days": days(page)}
    return render(request, "circles/journal.html", context)
