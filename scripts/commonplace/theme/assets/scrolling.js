// Lets the keyboard reach what is wider than the screen and scrolls sideways: formulas.

const formulas = document.querySelectorAll(".math.display");

function reachable() {
  for (const formula of formulas) {
    if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
    else formula.removeAttribute("tabindex");
  }
}

if (formulas.length) {
  new ResizeObserver(reachable).observe(document.body);
}
