// Reloads the page when the preview says that the site changed. The browser
// keeps the scroll position of a reload.
(function () {
  var events = new EventSource("/-events");
  events.onmessage = function () { location.reload(); };
})();
