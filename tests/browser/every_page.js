// Rules of our own for every page, beside axe's. Each says in words what stands in somebody's way.
(() => {
  const PRESSED_OR_FILLED = "a[href], button, input, select, textarea, summary, iframe";
  const CONTROLS = `${PRESSED_OR_FILLED}, [tabindex]`;
  // Links inside a sentence may be as high as their line (WCAG 2.5.8); all else takes 44 pixels.
  const PRESSED = "a, button, summary, label.choice";
  const IN_A_SENTENCE = "p:not(.actions), dd, blockquote, h2, th, .rows li > span";

  const all = (what) => [...document.querySelectorAll(what)];
  const named = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 90);
  const isThere = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.matches(":disabled");

  // Where Tab stops, in this order. Of radio buttons with one name: at the chosen one, or the first.
  const stops = () => all(CONTROLS).filter((e) => {
    if (!isThere(e) || (e.tabIndex < 0 && !e.matches(PRESSED_OR_FILLED))) return false;
    if (e.type !== "radio") return true;
    const same = all(`[type=radio][name="${CSS.escape(e.name)}"]`)
      .filter((other) => other.form === e.form && isThere(other));
    return e === (same.find((other) => other.checked) ?? same[0]);
  });

  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (e) => {
    const colour = getComputedStyle(e).backgroundColor;
    if (!/, 0\)$/.test(colour)) return colour;
    return e.parentElement ? ground(e.parentElement) : "rgb(255, 255, 255)";
  };

  const isMarked = (e) => [e, e.closest("label")].filter(Boolean).some((one) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
    if (outlineStyle === "auto") return true; // the browser's own mark
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2
      && contrast(outlineColor, ground(one.parentElement)) >= 3;
  });

  // The middle of what the window shows of it: nothing lies above.
  const isSeen = (e) => {
    const box = [...e.getClientRects()].find(({ width, height }) => width && height);
    if (!box) return false;
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (left >= right || top >= bottom) return false;
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return e.contains(there) || there?.closest("label")?.control === e;
  };

  const rules = {
    shape() {
      const found = [];
      for (const what of ["h1", "main"]) {
        if (all(what).length !== 1) found.push(`${all(what).length} of ${what}`);
      }
      if (!document.title.trim()) found.push("no title");
      if (!document.documentElement.lang) found.push("no language");
      return found;
    },

    width() {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth > clientWidth ? [`${scrollWidth} px wide on ${clientWidth} px`] : [];
    },

    // What is wrong with a field is read out with the field.
    untied: () => all(".field.has-errors").filter((field) => {
      const told = field.querySelector("[id$='_error']");
      return !told || !field.querySelector(`[aria-describedby~="${CSS.escape(told.id)}"]`);
    }).map((field) => `errors not tied to ${field.textContent.trim().slice(0, 60)}`),

    // Choices nobody worded: what the framework puts where nothing is chosen.
    unworded: () => all("option").filter((e) => /^-{3,}$/.test(e.textContent.trim()))
      .map((e) => `${e.parentElement.name} offers ${e.textContent}`),

    small: () => all(PRESSED)
      .filter((e) => e.checkVisibility() && !e.matches(".skip-link") && !e.closest(IN_A_SENTENCE))
      .filter((e) => e.getBoundingClientRect().height < 43.5)
      .map((e) => `${named(e)} is ${e.getBoundingClientRect().height} px high`),

    // For those who asked for less motion nothing moves.
    motion: () => all("*").filter((e) => {
      const style = getComputedStyle(e);
      const moves = style.animationName === "none" ? "0s" : style.animationDuration;
      return style.scrollBehavior === "smooth"
        || `${style.transitionDuration}, ${moves}`.split(", ").some((s) => parseFloat(s) > 0.01);
    }).map((e) => `${named(e)} moves`),

    focus: () => stops().map((e) => {
      e.focus({ focusVisible: true });
      if (e.tabIndex) return `tabindex ${e.tabIndex} of ${named(e)}`;
      if (document.activeElement !== e) return `no focus for ${named(e)}`;
      if (!isSeen(e)) return `out of sight with the focus: ${named(e)}`;
      return isMarked(e) ? "" : `focus cannot be seen on ${named(e)}`;
    }).filter(Boolean),
  };

  globalThis.ourRules = {
    ...rules,
    findings: () => Object.values(rules).flatMap((rule) => rule()),
    unfold: () => all("details").forEach((e) => { e.open = true; }),

    // Told of every press of Tab, say which stops it left out, or took in another order.
    watchTabs() {
      const expected = stops(), visited = [];
      addEventListener("focusin", ({ target }) => visited.push(target));
      ourRules.tabs = () => {
        const met = visited.filter((e) => expected.includes(e));
        return expected.flatMap((e, n) => (met[n] === e ? [] : [`Tab does not lead to ${named(e)}`]));
      };
      return expected.length;
    },
  };
})();
