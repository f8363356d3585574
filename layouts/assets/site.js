// Enhances pages that are complete without it: text size, theme, print, the
// current menu entry, and the status interval of the reader's day. It picks one
// of the intervals that the build has computed and computes no law.
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  var base = (doc.currentScript && doc.currentScript.getAttribute('data-root')) || '';
  var DAY = 864e5;

  function load(key) { try { return localStorage.getItem('gongbao.' + key) || ''; } catch (e) { return ''; } }
  function save(key, value) { try { localStorage.setItem('gongbao.' + key, value); } catch (e) { /* private mode */ } }
  function set(name, value) {
    if (value) root.setAttribute('data-' + name, value); else root.removeAttribute('data-' + name);
  }
  if (load('size')) set('size', load('size'));
  if (load('theme')) set('theme', load('theme'));

  function press(name, on) {
    var b = doc.querySelector('[data-do="' + name + '"]');
    if (b) b.setAttribute('aria-pressed', String(on));
  }
  function dark() {
    var theme = root.getAttribute('data-theme');
    return theme ? theme === 'dark' : !!window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches;
  }
  var tools = doc.getElementById('tools');
  if (tools) {
    tools.hidden = false;
    press('size', root.getAttribute('data-size') === 'large');
    press('theme', dark());
    tools.addEventListener('click', function (e) {
      var what = e.target.getAttribute('data-do'), value;
      if (what === 'print') window.print();
      if (what === 'size') {
        value = root.getAttribute('data-size') === 'large' ? '' : 'large';
        set('size', value); save('size', value); press('size', !!value);
      }
      if (what === 'theme') {
        value = dark() ? 'light' : 'dark';
        set('theme', value); save('theme', value); press('theme', value === 'dark');
      }
    });
  }

  // The menu is the same on every page; the longest prefix is where we are.
  var best = null, here = location.pathname.replace(/index\.html$/, ''), length = 0;
  var home = new URL(base || '.', location.href).pathname;
  Array.prototype.forEach.call(doc.querySelectorAll('.menu a'), function (a) {
    var dir = a.pathname.replace(/index\.html$/, '');
    if (a.host === location.host && (dir === home ? here === dir : here.indexOf(dir) === 0) && dir.length > length) { best = a; length = dir.length; }
  });
  if (best) best.setAttribute('aria-current', 'true');

  var box = doc.getElementById('status');
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
    var all = JSON.parse(box.getAttribute('data-intervals')), shown = -1, at = -1;
    all.forEach(function (i, n) {
      if ((!i.from || i.from <= day) && (!i.to || day <= i.to)) at = n;
      if (badge.textContent === i.label && detail.textContent === (i.detail || '')) shown = n;
    });
    var now = all[at];
    if (!now || at <= shown) return; // a slow clock takes nothing back
    box.className = 'status ' + now.force;
    badge.className = 'badge ' + now.force;
    badge.textContent = now.label;
    detail.textContent = now.detail || '';
    var reason = box.querySelector('.status-reason');
    if (reason) { reason.textContent = now.reason || ''; reason.hidden = !now.reason; }
    Array.prototype.forEach.call(doc.querySelectorAll('.notice.now'), function (n) { n.hidden = true; });
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
    add('link', 'href', worker.replace('sw.js', 'manifest.webmanifest'));
    if (sw) sw.register(worker).catch(function () { /* storage is forbidden */ });
    if (take && (sw || /MicroMessenger/.test(navigator.userAgent))) add('script', 'src', take.getAttribute('data-take'));
  });
  window.addEventListener('online', function () {
    var note = doc.querySelector('#kept-online [hidden]');
    if (note) note.hidden = false;
  });
})();
