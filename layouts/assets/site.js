// Enhances pages that are complete without it. It stands before the style
// sheet, so that what the reader has chosen is there at the first paint; the
// rest waits for the document. Words come from the page. The status interval of
// the reader's day is picked out of those that the build has computed: no law
// is computed here.
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  var base = (doc.currentScript && doc.currentScript.getAttribute('data-root')) || '';
  var DAY = 864e5, CHOICES = ['size', 'theme', 'view', 'cursor'];

  function load(key) { try { return localStorage.getItem('gongbao.' + key) || ''; } catch (e) { return ''; } }
  function save(key, value) { try { localStorage.setItem('gongbao.' + key, value); } catch (e) { /* private mode */ } }
  function set(name, value) {
    if (value) root.setAttribute('data-' + name, value); else root.removeAttribute('data-' + name);
  }
  function all(selector, f) { Array.prototype.forEach.call(doc.querySelectorAll(selector), f); }
  function id(name) { return doc.getElementById(name); }
  function media(query) { return !!window.matchMedia && matchMedia(query).matches; }

  root.setAttribute('data-script', '');
  if (/[?&]q=[^&]/.test(location.search)) root.setAttribute('data-query', ''); // results will come
  CHOICES.forEach(function (c) { set(c, load(c)); });
  if (!load('theme') && media('(prefers-contrast: more)')) set('theme', 'contrast');

  // A page that has moved keeps the article that was asked for.
  var moved = doc.querySelector('meta[http-equiv="refresh"]');
  if (moved && location.hash) location.replace(moved.content.replace(/^0; url=/, '') + location.hash);

  if (doc.readyState === 'loading') doc.addEventListener('DOMContentLoaded', start); else start();

  function start() {
    settings();
    menu();
    aids();
    outline();
    statuses();
    window.addEventListener('beforeprint', printed);
  }

  // A printed page says where it is from and on which day it was printed.
  function printed() {
    var on = id('printed-on'), from = id('printed-at');
    if (from && !from.textContent) from.textContent = location.href;
    if (on) on.textContent = on.getAttribute('data-word') + new Date(Date.now() + 8 * 36e5).toISOString().slice(0, 10);
  }

  function settings() {
    var open = id('settings-open'), panel = id('settings'), form = panel && panel.querySelector('form');
    if (!open || !form) return;
    open.hidden = false;
    function fill() {
      CHOICES.forEach(function (c) {
        var now = root.getAttribute('data-' + c) || '';
        all('#settings [name="' + c + '"]', function (i) { i.checked = i.value === now; });
      });
    }
    function show(on) {
      panel.hidden = !on;
      open.setAttribute('aria-expanded', String(on));
      if (on) fill(); else open.focus();
    }
    open.addEventListener('click', function () { show(panel.hidden); });
    panel.addEventListener('keydown', function (e) { if (e.key === 'Escape') show(false); });
    form.addEventListener('submit', function (e) { e.preventDefault(); });
    form.addEventListener('change', function (e) { set(e.target.name, e.target.value); save(e.target.name, e.target.value); });
    form.addEventListener('click', function (e) { if (e.target.getAttribute('data-do') === 'close') show(false); });
    form.addEventListener('reset', function (e) {
      e.preventDefault();
      CHOICES.forEach(function (c) { set(c, ''); save(c, ''); });
      fill();
    });
  }

  // The menu is the same on every page; the longest prefix is where we are.
  function menu() {
    var best = null, here = location.pathname.replace(/index\.html$/, ''), length = 0;
    var home = new URL(base || '.', location.href).pathname;
    all('.menu a', function (a) {
      var dir = a.pathname.replace(/index\.html$/, '');
      if (a.host === location.host && (dir === home ? here === dir : here.indexOf(dir) === 0) && dir.length > length) { best = a; length = dir.length; }
    });
    if (best) best.setAttribute('aria-current', 'true');
  }

  // ---- aids to reading ----

  function copy(text, done) {
    function old() { // no clipboard in this browser, or not allowed
      var area = doc.createElement('textarea'), ok = false, was = doc.activeElement;
      area.value = text;
      area.className = 'sr';
      doc.body.appendChild(area);
      area.select();
      try { ok = doc.execCommand('copy'); } catch (e) { /* said below */ }
      doc.body.removeChild(area);
      if (was) was.focus();
      done(ok);
    }
    if (!navigator.clipboard || !window.isSecureContext) return old();
    navigator.clipboard.writeText(text).then(function () { done(true); }, old);
  }

  function aids() {
    var box = id('aids'), tools = id('part-aids'), said = id('said'), text = id('text');
    if (!box || !tools || !said) return;
    var wechat = /MicroMessenger/i.test(navigator.userAgent), at = null, timer;
    function data(name) { return box.getAttribute('data-' + name) || ''; }
    function plain(address) { return new URL(address || location.href, location.href).href.replace(/#.*/, '').replace(/index\.html$/, ''); }
    function say(words) {
      said.textContent = words;
      clearTimeout(timer);
      if (words.length < 40) timer = setTimeout(function () { said.textContent = ''; }, 4000);
    }
    function give(words) { copy(words, function (ok) { say(ok ? data('copied') : data('failed') + ' ' + words); }); }
    function name(part) {
      var b = part.querySelector('b');
      return part.className === 'art' && b ? b.textContent : part.textContent.replace(/[\s　]+/g, ' ').slice(0, 30);
    }
    box.hidden = false;
    doc.body.classList.add('has-aids');

    // An article opens its own tools when its number is pressed, or when the
    // outline leads to it.
    function choose(part) {
      if (!part || part === at) return;
      at = part;
      var first = part.querySelector('p') || part;
      first.parentNode.insertBefore(tools, first.nextSibling);
      tools.hidden = false;
    }
    function aimed() {
      var target = location.hash && id(decodeURIComponent(location.hash.slice(1)));
      if (target && text && text.contains(target)) choose(partOf(target));
    }
    function partOf(el) {
      while (el && el !== text) {
        if (el.id && (el.className === 'art' || /^H[2-6]$/.test(el.tagName))) return el;
        el = el.parentNode;
      }
      return null;
    }
    if (text) {
      all('#text .art > p:first-child > b:first-child', function (b) {
        var a = doc.createElement('a');
        a.className = 'self';
        a.href = '#' + b.parentNode.parentNode.id;
        a.tabIndex = -1; // by keyboard the outline leads here
        while (b.firstChild) a.appendChild(b.firstChild);
        b.appendChild(a);
      });
      text.addEventListener('click', function (e) {
        var link = e.target.closest('a');
        if (link && link.className !== 'self') return;
        if (link || /^H[2-6]$/.test(e.target.tagName)) choose(partOf(e.target));
      });
      window.addEventListener('hashchange', aimed);
      aimed();
    }

    doc.addEventListener('click', function (e) {
      var button = e.target.closest('[data-do]'), what = button && button.getAttribute('data-do');
      var work = plain(data('address')), own = plain(data('text')), hash = at ? '#' + at.id : '';
      if (what === 'print') window.print();
      if (what === 'share') {
        if (navigator.share && !wechat) navigator.share({ title: data('citation'), url: work }).catch(function () { /* the reader thought better of it */ });
        else copy(data('citation') + ' ' + work, function (ok) { say(wechat ? data('wechat') : ok ? data('copied') : data('failed') + ' ' + work); });
      }
      if (what === 'cite') give(data('citation') + data('stop') + (data('text') ? own : work));
      if (what === 'cite-part') give(data('citation') + name(at) + data('stop') + (data('text') ? own : work) + hash);
      if (what === 'copy-part') give(work + hash);
      if (what === 'copy-text') give(own + hash);
      if (what === 'speak' || what === 'speak-part') speak(what === 'speak' ? null : at);
    });

    // Read aloud where there is a voice that speaks Chinese.
    var starter = box.querySelector('[data-do="speak"]'), synth = window.speechSynthesis;
    function voices() {
      if (!synth.getVoices().some(function (v) { return /^(zh|cmn)/i.test(v.lang); })) return;
      all('[data-do="speak"], [data-do="speak-part"]', function (b) { b.hidden = false; });
    }
    if (starter && text && synth) {
      voices();
      if (synth.addEventListener) synth.addEventListener('voiceschanged', voices); else synth.onvoiceschanged = voices;
    }
    function speak(part) {
      if (window.gongbaoSpeak) return window.gongbaoSpeak(part);
      var script = doc.createElement('script');
      script.src = starter.getAttribute('data-script');
      script.onload = function () { window.gongbaoSpeak(part); };
      doc.head.appendChild(script);
    }
  }

  // The outline marks the part that is being read, and opens when led to.
  function outline() {
    var nav = id('outline'), fold = id('fold-outline');
    if (!nav) return;
    all('[href="#outline"]', function (a) { a.addEventListener('click', function () { fold.checked = true; }); });
    var links = [], parts = [], now = null, asked = false;
    all('#outline a', function (a) {
      var part = id(decodeURIComponent(a.hash.slice(1)));
      if (part) { links.push(a); parts.push(part); }
    });
    function look() {
      asked = false;
      var from = 0, to = parts.length; // the parts that begin above the line are the first of them
      while (from < to) {
        var middle = (from + to) >> 1;
        if (parts[middle].getBoundingClientRect().top < 48) from = middle + 1; else to = middle;
      }
      var current = links[from - 1];
      if (current === now) return;
      if (now) now.removeAttribute('aria-current');
      now = current;
      if (!now) return;
      now.setAttribute('aria-current', 'true');
      if (nav.scrollHeight > nav.clientHeight) nav.scrollTop += now.getBoundingClientRect().top - nav.getBoundingClientRect().top - nav.clientHeight / 3;
    }
    window.addEventListener('scroll', function () {
      if (!asked) { asked = true; requestAnimationFrame(look); }
    }, { passive: true });
    look();
  }

  // ---- the status of the reader's day ----

  function statuses() {
    var box = id('status');
    if (box && !box.hasAttribute('data-intervals')) box = null;
    var badges = doc.querySelectorAll('.badge[data-steps]');
    if (!box && !badges.length || !window.fetch) return;
    var device = new Date(Date.now() + 8 * 36e5).toISOString().slice(0, 10);
    fetch(base + 'status.json').then(function (r) { return r.json(); }).then(function (site) {
      var built = site.built;
      if (!/^\d{4}-\d\d-\d\d$/.test(built)) return;
      advance(device > built ? device : built);
      if (box && Date.parse(device) - Date.parse(built) > 400 * DAY) {
        var p = doc.createElement('p');
        p.className = 'status-stale';
        p.textContent = box.getAttribute('data-stale');
        box.appendChild(p);
      }
    }).catch(function () {
      advance(device); // offline or a local file
    });

    function advance(day) {
      Array.prototype.forEach.call(badges, function (b) {
        b.getAttribute('data-steps').split(';').forEach(function (step) {
          step = step.split('|');
          if (day <= step[0]) return;
          b.className = 'badge ' + step[1];
          b.textContent = step[2];
        });
      });
      if (box) show(day);
    }

    function show(day) {
      var badge = box.querySelector('.badge'), detail = box.querySelector('.status-detail');
      var intervals = JSON.parse(box.getAttribute('data-intervals')), shown = -1, at = -1;
      intervals.forEach(function (i, n) {
        if ((!i.from || i.from <= day) && (!i.to || day <= i.to)) at = n;
        if (badge.textContent === i.label && detail.textContent === (i.detail || '')) shown = n;
      });
      var now = intervals[at];
      if (!now || at <= shown) return; // a slow clock takes nothing back
      box.className = 'status ' + now.force;
      badge.className = 'badge ' + now.force;
      badge.textContent = now.label;
      detail.textContent = '';
      (now.detail || '').split(/(\d{4}-\d\d-\d\d)/).forEach(function (piece, i) {
        var e = doc.createElement(i % 2 ? 'time' : 'span');
        e.textContent = piece;
        detail.appendChild(e);
      });
      var reason = box.querySelector('.status-reason');
      if (reason) { reason.textContent = now.reason || ''; reason.hidden = !now.reason; }
      all('.notice.now', function (n) { n.hidden = true; });
    }
  }
})();

// ---- offline ----
// The worker keeps what is read (sw.js); offline.js is for pages that offer more.
(function () {
  'use strict';
  var doc = document, me = doc.currentScript, worker = me && me.getAttribute('data-worker'), sw = navigator.serviceWorker;
  if (!worker || !/^http/.test(location.protocol) || window.top !== window) return;
  function add(tag, attr, value) {
    var e = doc.createElement(tag);
    if (tag === 'link') e.rel = 'manifest';
    e[attr] = value;
    doc.head.appendChild(e);
  }
  window.addEventListener('load', function () {
    var take = doc.querySelector('[data-take]');
    // Later: a manifest and its icon are two requests that no reader waits for.
    setTimeout(function () { add('link', 'href', worker.replace('sw.js', 'manifest.webmanifest')); }, 3000);
    if (sw) sw.register(worker).catch(function () { /* storage is forbidden */ });
    if (take && !sw && !/MicroMessenger/.test(navigator.userAgent)) take.hidden = true; // nothing to offer here
    if (take && (sw || /MicroMessenger/.test(navigator.userAgent))) add('script', 'src', take.getAttribute('data-take'));
  });
  window.addEventListener('online', function () {
    var note = doc.querySelector('#kept-online [hidden]');
    if (note) note.hidden = false;
  });
})();
