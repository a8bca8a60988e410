// Say the value of a slider while it moves. Without this, the page says it after “Calculate”.
for (const slider of document.querySelectorAll(".sliders input[type=range]")) {
  const output = document.querySelector(`output[for="${slider.id}"]`);
  slider.addEventListener("input", () => {
    output.textContent = slider.valueAsNumber.toLocaleString(document.documentElement.lang);
  });
}
