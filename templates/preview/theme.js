// Before anything is drawn: the colours that the author chose. Only the preview's own pages read this; the player has its own switch.
try {
  const theme = localStorage.getItem("coursegen-preview:theme");
  if (theme) document.documentElement.dataset.cgTheme = theme;
} catch (error) {
  // Without a memory the device decides.
}
