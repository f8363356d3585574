// Taking an issue or a list along, the page of what is on the device, and the
// search in it. site.js loads it after the page, where the browser can keep
// something. What is kept, and under which names, sw.js says.
(function () {
  'use strict';
  var doc = document, script = doc.querySelector('script[data-root]'), sw = navigator.serviceWorker;
  var base = new URL(script && script.getAttribute('data-root') || './', location.href).href, path = new URL(base).pathname;
  var NAME = 'gongbao1 ' + path + ' '; // as in sw.js
  var READ = NAME + 'read', TAKEN = NAME + 'taken', PACKS = NAME + 'packs';
  var wechat = /MicroMessenger/.test(navigator.userAgent), able = !!sw && !!window.caches;
  var words = {};

  function T(key) {
    var args = arguments;
    return (words[key] || key).replace(/\{(\d)\}/g, function (_, i) { return args[+i + 1]; });
  }
  function el(tag, cls, text) {
    var e = doc.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }
  function button(text, act) {
    var b = el('button', 'button', text);
    b.type = 'button';
    b.addEventListener('click', act);
    return b;
  }
  function link(text, href) {
    var a = el('a', '', text);
    a.href = href;
    return a;
  }
  function size(n) { return n < 1048576 ? Math.max(1, Math.round(n / 1024)) + ' KB' : (n / 1048576).toFixed(1) + ' MB'; }
  function day(iso) { return new Date(Date.parse(iso) + 288e5).toISOString().slice(0, 10); } // UTC+8
  function fact(r, name) { return r.headers.get('X-Gongbao-' + name) || ''; }
  function place(url) { return new URL(url, base).href.replace(/[?#].*$/, '').replace(/\/$/, '/index.html'); }

  // ---- what is kept ----
  function ask(message) {
    return sw.ready.then(function (reg) {
      return new Promise(function (done, failed) {
        var ch = new MessageChannel();
        ch.port1.onmessage = function (e) { clearTimeout(t); if (e.data.error) failed(fault(e.data.error)); else done(e.data); };
        var t = setTimeout(function () { failed(fault('network')); }, 9e4); // the worker was ended
        reg.active.postMessage(message, [ch.port2]);
      });
    });
  }
  function fault(kind) { var e = new Error(kind); e.kind = kind; return e; }
  function all(name) {
    return caches.open(name).then(function (c) {
      return c.keys().then(function (keys) {
        return Promise.all(keys.map(function (k) {
          return c.match(k).then(function (r) { return { key: k.url, r: r }; });
        }));
      });
    }).then(function (list) { return list.filter(function (x) { return x.r; }); });
  }
  function records() {
    return all(PACKS).then(function (list) {
      return Promise.all(list.map(function (x) {
        return x.r.json().then(function (p) { p.key = x.key; return p; });
      }));
    });
  }
  function record(key) {
    return caches.open(PACKS).then(function (c) { return c.match(key); }).then(function (r) { return r ? r.json() : null; });
  }
  function write(key, rec) {
    return caches.open(PACKS).then(function (c) {
      return rec ? c.put(key, new Response(JSON.stringify(rec), { headers: { 'Content-Type': 'application/json' } })) : c.delete(key);
    });
  }
  function files(p) { return p.pages.concat(p.with ? p.extra : []); }
  function bytes(list) { return list.reduce(function (n, x) { return n + x[2]; }, 0); }
  // online asks the site for its list; null where the site has it no more.
  function online(key) {
    return fetch(key, { cache: 'no-cache' }).then(function (r) {
      if (r.status === 404 || r.status === 410) return null;
      if (r.status !== 200) throw fault('network');
      return r.json();
    });
  }
  // missing are the files of a pack that are not on the device as the site has them.
  function missing(pack) {
    return all(TAKEN).then(function (list) {
      var has = {};
      list.forEach(function (x) { has[x.key] = fact(x.r, 'Sum'); });
      return files(pack).filter(function (f) { return (has[place(f[0])] || '').indexOf(f[1]) !== 0; });
    });
  }
  function room(need) {
    if (!navigator.storage || !navigator.storage.estimate) return Promise.resolve();
    return navigator.storage.estimate().then(function (s) {
      if (s.quota - s.usage < need * 1.2) throw Object.assign(fault('space'), { need: need, free: s.quota - s.usage });
    });
  }
  // keep takes a pack along: the list first, so that nobody tidies its files away,
  // and the list once more when all of them are there. Stopped, it leaves what was.
  function keep(key, pack, old, state, tell) {
    var todo = files(pack), next = 0, done = 0, odd = 0, wrong = null;
    function one() {
      if (state.stop) throw fault('cancelled');
      var f = todo[next++];
      if (!f || wrong) return null;
      return ask({ job: 'take', path: f[0], sum: f[1] }).then(function (a) {
        odd += a.odd ? 1 : 0;
        tell(++done, todo.length);
        return one();
      });
    }
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(function () { /* then it is not */ });
    return missing(pack).then(function (m) { return room(bytes(m)); }).then(function () {
      return write(key, Object.assign({}, pack, { part: true, taken: new Date().toISOString() }));
    }).then(function () {
      // What is on its way comes to its end before anything is said.
      return Promise.all([1, 2, 3, 4].map(function () {
        return Promise.resolve().then(one).catch(function (e) { wrong = wrong || e; });
      }));
    }).then(function () {
      if (wrong) throw wrong;
      pack.taken = new Date().toISOString();
      pack.odd = odd;
      return write(key, pack);
    }).catch(function (e) {
      if (e.kind !== 'cancelled') throw e;
      return write(key, old).then(function () { return ask({ job: 'tidy' }); }).then(function () { throw e; });
    }).then(function () { return ask({ job: 'tidy' }); });
  }
  function explain(e) {
    var kind = e && e.kind || (e && e.name === 'QuotaExceededError' ? 'full' : e instanceof TypeError ? 'network' : 'failed');
    return kind === 'space' ? T('space', size(e.need), size(Math.max(0, e.free))) : T(kind);
  }

  // ---- the offer on the page of an issue or a list ----
  // offer fills box with what can be done with a pack; changed is told when it was.
  function offer(box, key, known, changed) {
    var state = null, name = el('span'), extra = el('input'), label = el('label', 'switch');
    var go = button('', start), stop = button(T('cancel'), function () { state.stop = true; });
    var bar = el('progress'), say = el('p', 'take-say');
    var pack = null, rec = null;
    say.setAttribute('role', 'status');
    extra.type = 'checkbox';
    extra.addEventListener('change', show);
    label.appendChild(extra);
    label.appendChild(name);
    [go, stop, label, bar, say].forEach(function (e) { box.appendChild(e); });
    bar.hidden = stop.hidden = label.hidden = go.hidden = true;
    function show() {
      if (!pack) { go.hidden = label.hidden = true; return Promise.resolve(); }
      var want = Object.assign({}, pack, { with: extra.checked });
      return missing(want).then(function (m) {
        label.hidden = !pack.extra.length || !!rec && !rec.part && !!rec.with;
        name.textContent = T('extra', size(pack.extra_bytes));
        go.hidden = !!rec && !rec.part && !m.length;
        go.textContent = !rec ? T('take', pack.count, size(bytes(files(want)))) : T(rec.part ? 'resume' : 'update', m.length, size(bytes(m)));
      });
    }
    function load() {
      return record(key).then(function (r) {
        rec = r;
        if (rec) extra.checked = !!rec.with;
        return known || online(key);
      }).then(function (p) { pack = p; }, function () { pack = null; }).then(show);
    }
    function start() {
      var want = Object.assign({}, pack, { with: extra.checked });
      state = { stop: false };
      go.hidden = label.hidden = true;
      bar.hidden = stop.hidden = false;
      bar.removeAttribute('value');
      say.textContent = T('busy', 0, files(want).length);
      stop.focus();
      var heard = 0;
      keep(key, want, rec, state, function (n, of) {
        bar.max = of;
        bar.value = n;
        if (n === of || Date.now() - heard > 1500) { // said aloud now and then
          say.textContent = T('busy', n, of);
          heard = Date.now();
        }
      }).then(function () { return want.odd ? T('odd', want.odd) : T('done'); }, explain).then(function (text) {
        bar.hidden = stop.hidden = true;
        return load().then(function () {
          say.textContent = text;
          if (!go.hidden) go.focus();
          else { say.tabIndex = -1; say.focus(); }
          if (changed) changed();
        });
      });
    }
    return load().then(function () {
      if (rec) say.textContent = T('have', day(rec.taken)) + (rec.part ? T('part') : pack && !go.hidden ? T('newer') : '');
      return !!(pack || rec);
    });
  }
  var take = doc.querySelector('[data-pack]');
  if (take) {
    words = JSON.parse(take.getAttribute('data-words'));
    if (wechat) {
      take.appendChild(el('p', 'take-say', T('wechat')));
      take.hidden = false;
    } else if (able) {
      sw.ready.then(function () { return offer(take, new URL(take.getAttribute('data-pack'), location.href).href); }).then(function (any) {
        if (!any) return;
        var p = el('p');
        p.appendChild(link(T('list-link'), take.getAttribute('data-offline')));
        take.appendChild(p);
        take.hidden = false;
      }).catch(function () { take.hidden = true; }); // storage is forbidden
    }
  }

  // ---- the page of what is on the device ----
  var page = doc.getElementById('offline');
  function part(id) { return doc.getElementById('offline-' + id); }
  function heading(box, text) {
    var h = el('h2', '', text);
    h.tabIndex = -1;
    box.appendChild(h);
    return h;
  }
  // twice is a button that must be pressed twice.
  function twice(text, act) {
    var sure = false, b = button(text, function () {
      if (sure) { act(); return; }
      sure = true;
      b.textContent = T('sure', text);
      part('say').textContent = b.textContent;
    });
    b.addEventListener('blur', function () { sure = false; b.textContent = text; });
    return b;
  }
  var ways = [base + 'index.html', base + 'search/index.html']; // are there anyhow
  function list() {
    return Promise.all([records(), all(READ), all(TAKEN)]).then(function (w) {
      var packs = w[0], read = w[1].filter(function (x) { return fact(x.r, 'Title') && ways.indexOf(x.key) < 0; });
      var total = read.concat(w[2]).reduce(function (n, x) { return n + +fact(x.r, 'Size'); }, 0), count = read.length + w[2].length;
      part('say').textContent = count ? T('total', count, size(total)) : T('empty');
      ['packs', 'read', 'all'].forEach(function (id) { part(id).textContent = ''; });
      if (packs.length) {
        packs.sort(function (a, b) { return a.taken < b.taken ? 1 : -1; });
        heading(part('packs'), T('packs'));
        var ul = el('ul', 'docs');
        part('packs').appendChild(ul);
        packs.forEach(function (p) { ul.appendChild(packItem(p)); });
      }
      if (read.length) {
        read.sort(function (a, b) { return fact(a.r, 'Kept') < fact(b.r, 'Kept') ? 1 : -1; });
        heading(part('read'), T('read'));
        ul = el('ul', 'docs');
        part('read').appendChild(ul);
        read.forEach(function (x) {
          var li = el('li'), a = link(name(x.r), x.key), f = el('span', 'facts');
          a.className = 'doc';
          li.appendChild(a);
          f.appendChild(el('span', '', T('kept', day(fact(x.r, 'Kept')))));
          li.appendChild(f);
          ul.appendChild(li);
        });
        part('read').appendChild(twice(T('forget'), function () { clear('forget'); }));
      }
      if (count) part('all').appendChild(twice(T('clear'), function () { clear('clear'); }));
    });
  }
  // name is the title of a page without that of the site, which is the same for all.
  function name(r) {
    var site = doc.querySelector('.brand'), title = decodeURIComponent(fact(r, 'Title')), end = site ? ' - ' + site.textContent.trim() : '';
    return end && title.slice(-end.length) === end ? title.slice(0, -end.length) : title;
  }
  function clear(job) {
    ask({ job: job }).then(function () { return T('emptied'); }, explain).then(refresh);
  }
  function refresh(text) {
    return list().then(function () {
      var say = part('say');
      say.textContent = text + ' ' + say.textContent;
      say.tabIndex = -1;
      say.focus();
    });
  }
  function packItem(p) {
    var li = el('li'), a = link(p.title, base + p.page), f = el('span', 'facts'), news = el('b', 'badge unknown'), acts = el('div', 'take'), box = el('div', 'offer');
    a.className = 'doc';
    li.appendChild(a);
    f.appendChild(el('span', '', T('facts', p.count, size(bytes(files(p))), day(p.taken))));
    news.hidden = !p.part;
    news.textContent = T('unfinished');
    f.appendChild(news);
    li.appendChild(f);
    li.appendChild(acts);
    acts.appendChild(box);
    var out = button(T('remove'), function () {
      write(p.key, null).then(function () { return ask({ job: 'tidy' }); }).catch(function () { /* later */ }).then(function () { return refresh(T('removed', p.title)); });
    });
    out.setAttribute('aria-label', T('remove-what', p.title));
    // The site is asked whether it has another; without a network nothing is said.
    online(p.key).then(function (now) {
      if (now && now.fingerprint === p.fingerprint && !p.part && !p.odd) return;
      if (now && !p.part) news.textContent = T('news');
      if (!now) news.textContent = T('left');
      news.hidden = false;
      if (now) {
        box.setAttribute('role', 'group');
        box.setAttribute('aria-label', T('update-what', p.title));
        return offer(box, p.key, now, function () { news.hidden = true; });
      }
    }).catch(function () { /* no network */ });
    acts.appendChild(out);
    return li;
  }
  if (page) {
    words = JSON.parse(page.getAttribute('data-words'));
    var here = place(location.href);
    if (here !== base + 'offline/index.html') { // it stands in for another
      var m = part('missing'), again = el('p');
      var what = decodeURIComponent(here.slice(base.length).replace(/index\.html$/, ''));
      m.appendChild(el('p', '', T('missing', what || '/')));
      again.appendChild(link(T('retry'), location.href));
      m.appendChild(again);
      m.hidden = false;
    }
    if (wechat) part('say').textContent = T('wechat');
    else if (!able || location.protocol === 'file:') part('say').textContent = T('none');
    else list().catch(function (e) { part('say').textContent = explain(e); });
  }

  // ---- the search on the device ----
  // search.js marks its form when it cannot read its files.
  var form = doc.getElementById('search'), turn = 0;
  function lost() {
    var me = ++turn;
    // Only where there is no network: what is broken stays said.
    fetch(base + 'robots.txt', { method: 'HEAD', cache: 'no-store' }).catch(function () { if (me === turn) return onDevice(me); });
  }
  function strip(html) {
    return html.slice(Math.max(0, html.search(/<main\b/))).replace(/<sup class="?fn\b[\s\S]*?<\/sup>/g, '').replace(/<[^>]*>/g, '').replace(/&[#\w]+;/g, '');
  }
  function onDevice(me) {
    var S = window.gongbaoSearch, say = doc.getElementById('search-status'), out = doc.getElementById('results');
    var asked = new URLSearchParams(location.search), typed = asked.get('q') || '', filtered = false;
    asked.forEach(function (v, k) { if (k !== 'q' && v) filtered = true; });
    say.textContent = T('device-busy');
    return Promise.all([all(READ), all(TAKEN), S.needHant(typed).catch(function () { /* as it is typed */ })]).then(function (w) {
      var newest = {}, q = S.parse(typed), todo, hits = [], count = 0;
      w[0].concat(w[1]).forEach(function (x) {
        if (fact(x.r, 'Title') && (!newest[x.key] || fact(newest[x.key].r, 'Kept') < fact(x.r, 'Kept'))) newest[x.key] = x;
      });
      todo = Object.keys(newest);
      function next() {
        var x = newest[todo.pop()];
        if (!x) return null;
        return x.r.text().then(function (html) {
          var title = /<meta name="ArticleTitle" content="/.test(html);
          if (!title) return null; // a list
          count++;
          var text = strip(html);
          return S.needHant(text).catch(function () { /* as it is */ }).then(function () {
            var folded = S.stream(text);
            if (q.number || q.article || q.terms.every(function (t) { return folded.indexOf(t) >= 0; })) look(S, q, x, html, hits);
          });
        }).then(next);
      }
      return Promise.resolve(q.terms.length ? next() : null).then(function () {
        if (me !== turn) return;
        hits.sort(function (a, b) { return b.score - a.score || (a.date < b.date ? 1 : -1); });
        out.textContent = '';
        hits.forEach(function (h) { out.appendChild(row(S, q, h)); });
        say.textContent = (!count ? T('device-empty') : hits.length ? T('device', count, hits.length) : T('device-none', count, typed)) + (filtered && hits.length ? T('device-filters') : '');
      });
    });
  }
  // look finds out what a page has of a query, as the search of the site does.
  function look(S, q, x, html, hits) {
    var page = new DOMParser().parseFromString(html, 'text/html'), bs = page.querySelector('#text') ? S.blocks(page) : [];
    function meta(name) { var m = page.querySelector('meta[name="' + name + '"]'); return m ? m.content : ''; }
    var number = page.querySelector('.docnumber'), n, heads = 0, got = 0, best = null, every = (1 << q.terms.length) - 1;
    var h = { key: x.key, title: meta('ArticleTitle'), number: number ? number.textContent : '', date: meta('PubDate').slice(0, 10), kept: fact(x.r, 'Kept'), score: 0 };
    var title = S.stream(h.title), folded = S.stream(h.number);
    q.terms.forEach(function (t, i) { if (title.indexOf(t) >= 0 || folded.indexOf(t) >= 0) heads |= 1 << i; });
    bs.forEach(function (b) {
      var text = S.stream(b.text), n = 0;
      q.terms.forEach(function (t, i) { if (text.indexOf(t) >= 0) { got |= 1 << i; n++; } });
      if (n && (!best || n > best.n)) best = { b: b, n: n };
    });
    n = q.number && folded && S.parse(h.number).number;
    if (n && n.serial === q.number.serial && n.year === q.number.year) {
      h.score += !q.number.series || n.series === q.number.series ? 8000 : n.series.indexOf(q.number.series) >= 0 ? 6000 : 0;
    }
    if (q.article && title.indexOf(q.title) >= 0) h.article = page.querySelector('.text [id="' + q.article + '"], .text [id$="__' + q.article + '"]');
    if (!h.score && !h.article && (heads | got) !== every) return;
    if (title === q.whole) h.score += 3000;
    for (; heads; heads &= heads - 1) h.score += 1000 / q.terms.length;
    h.best = best && best.b;
    hits.push(h);
  }
  function row(S, q, h) {
    var li = el('li'), a = link('', h.key), f = el('span', 'facts'), anchor = h.article ? h.article.id : h.best && h.best.anchor, p = el('p', 'passage');
    a.className = 'doc';
    if (anchor) a.href += '#' + encodeURIComponent(anchor);
    S.mark(a, h.title, q.terms);
    li.appendChild(a);
    if (h.number) S.mark(f.appendChild(el('span')), h.number, q.terms);
    if (h.date) f.appendChild(el('time', '', h.date));
    f.appendChild(el('span', '', T('device-kept', day(h.kept))));
    li.appendChild(f);
    if (h.article) p.textContent = h.article.textContent.trim().slice(0, 90);
    else if (h.best) S.mark(p, h.best.text, q.terms, 40);
    if (p.textContent) li.appendChild(p);
    return li;
  }
  if (form && able && window.MutationObserver) {
    words = JSON.parse(form.getAttribute('data-words'));
    new MutationObserver(lost).observe(form, { attributes: true, attributeFilter: ['data-lost'] });
    if (form.hasAttribute('data-lost')) lost();
  }
})();
