// Copy buttons: shown only where a script runs, since they do nothing without one.
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const text = button.closest("details").querySelector("pre");
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      // Pages opened from a file have no clipboard: select the text instead, ready for the keyboard.
      button.closest("details").open = true;
      getSelection().selectAllChildren(text);
      button.textContent = "Selected";
      return;
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}
