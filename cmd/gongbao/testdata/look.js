// Looks at a page as a reader with a thumb, a keyboard or a screen reader meets
// it, and returns what is wrong as a list of sentences.
(function (ask) {
  'use strict';
  var faults = [], root = document.documentElement;
  function all(selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); }
  function name(el) {
    var words = (el.textContent || el.value || '').trim().replace(/\s+/g, ' ').slice(0, 24);
    return el.tagName.toLowerCase() + (el.id ? '#' + el.id : '') + (el.className && el.className.baseVal === undefined ? '.' + el.className.trim().replace(/\s+/g, '.') : '') +
      (el.parentElement ? ' in ' + el.parentElement.tagName.toLowerCase() + (el.parentElement.className ? '.' + String(el.parentElement.className).trim().replace(/\s+/g, '.') : '') : '') + ' “' + words + '”';
  }
  function say(what, el) { faults.push(what + (el ? ': ' + name(el) : '')); }
  function seen(el) {
    return !!el.getClientRects().length && (!el.checkVisibility || el.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}));
  }

  // Nothing runs over the side; what is wider scrolls in a box of its own, which
  // the keyboard reaches.
  if (root.scrollWidth > root.clientWidth) {
    say('the page is ' + root.scrollWidth + ' px wide in ' + root.clientWidth);
    all('body *').filter(function (el) { return seen(el) && el.getBoundingClientRect().right > root.clientWidth + 1 && !el.closest('.table, pre, .sr, .skip'); })
      .slice(0, 3).forEach(function (el) { say('over the side', el); });
  }
  all('body *').forEach(function (el) {
    var overflow = getComputedStyle(el).overflowX;
    if ((overflow === 'auto' || overflow === 'scroll') && el.scrollWidth > el.clientWidth + 1 && el.tabIndex < 0 && !el.querySelector('a[href], button, input')) {
      say('scrolls sideways and has no focus', el);
    }
  });

  // One heading, the landmarks, names for what there is several of.
  if (all('h1').length !== 1) say('has ' + all('h1').length + ' h1');
  if (all('main').length !== 1) say('has ' + all('main').length + ' main');
  if (!ask.embed) {
    ['body > header', 'body > footer'].forEach(function (s) { if (all(s).length !== 1) say('has ' + all(s).length + ' of ' + s); });
    var first = all('a[href], button, input, select, textarea, summary, [tabindex]').filter(seen)[0];
    if (!first || first.getAttribute('href') !== '#main' || !document.getElementById('main')) say('the first stop is no skip link', first);
  }
  var names = {};
  all('nav, aside, [role="region"], [role="search"]').filter(seen).forEach(function (el) {
    var by = el.getAttribute('aria-labelledby'), label = el.getAttribute('aria-label') || by && (document.getElementById(by) || {}).textContent;
    if (!label && el.getAttribute('role') !== 'search') say('has no name', el);
    if (label && names[el.tagName + label]) say('has the name of another', el);
    names[el.tagName + label] = true;
  });
  all('[tabindex]').forEach(function (el) { if (el.tabIndex > 0) say('a tabindex over 0', el); });
  all('[style]').forEach(function (el) { if (!ask.script) say('an inline style', el); });
  all('img').forEach(function (el) { if (!el.getAttribute('width') || !el.getAttribute('height')) say('a picture whose place is not kept before it comes', el); });
  if (root.lang !== ask.lang) say('lang is ' + root.lang);

  var stops = all('a[href], button, input:not([type="hidden"]), select, textarea, summary, audio[controls], video[controls]').filter(seen);

  // Targets of 44 px, but for links that stand in a line of words: there the
  // leading of the text parts them (WCAG 2.5.8, inline).
  if (ask.targets) {
    stops.forEach(function (el) {
      if (ask.inline.some(function (s) { return el.matches(s); }) || el.matches('.skip') && el.getBoundingClientRect().right < 0) return;
      var r = el.getBoundingClientRect(), w = r.width, h = r.height;
      (el.labels ? Array.prototype.slice.call(el.labels) : []).forEach(function (l) {
        var b = l.getBoundingClientRect();
        w = Math.max(w, b.width); h = Math.max(h, b.height);
      });
      if (w < 43.5 || h < 43.5) say('a target of ' + Math.round(w) + '×' + Math.round(h), el);
    });
  }

  // Every stop shows that it has the focus.
  if (ask.focus) {
    var look = function (el) {
      return [el].concat(el.labels ? Array.prototype.slice.call(el.labels) : [], all('[for="' + el.id + '"]')).map(function (e) {
        var s = getComputedStyle(e);
        return s.outlineStyle === 'none' ? '' : s.outlineStyle + s.outlineWidth + s.outlineColor;
      }).join('|');
    };
    if (document.activeElement && document.activeElement.blur) document.activeElement.blur();
    stops.filter(function (el) { return !el.disabled; }).forEach(function (el) {
      var before = look(el);
      el.focus();
      if (document.activeElement !== el) say('takes no focus', el);
      else if (look(el) === before) say('does not show its focus', el);
      el.blur();
    });
    window.scrollTo(0, 0);
  }
  return faults;
})
