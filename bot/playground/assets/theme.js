// Before anything is seen: the theme that was chosen here, else the system's.
(() => {
  const chosen = localStorage.getItem('enlace.playground.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
