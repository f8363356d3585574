// The service worker: keeps what is read and what is taken along, and answers
// with it where there is no network. The build puts before it what it keeps
// (self.GONGBAO: shell, late, gone, words). It stands at the root as sw.js.
//
// Everything is kept under one address: without query, index.html spelled out.
// Assets are kept under their whole address, which carries the sum of their
// bytes: what does not fit is never kept, so that no page meets the style sheet
// of another build. A page is kept only together with its assets.
(function () {
  'use strict';
  var my = self.GONGBAO, base = self.registration.scope, path = new URL(base).pathname;
  var NAME = 'gongbao1 ' + path + ' '; // as in offline.js
  var ASSETS = NAME + 'assets', READ = NAME + 'read', TAKEN = NAME + 'taken', PACKS = NAME + 'packs';
  var PATIENCE = 4000, PAGES = 200, BYTES = 2e7, LARGEST = 2e6;
  var OFFLINE = base + 'offline/index.html', SEARCH = base + 'search/index.html';

  function quiet() { /* what could not be kept is not there */ }
  function fault(kind) { var e = new Error(kind); e.kind = kind; return e; }
  function place(url) {
    var u = new URL(url, base);
    return u.origin + u.pathname.replace(/\/$/, '/index.html');
  }
  var late = my.late.map(place);

  // good reports whether an answer is the whole file asked for and may be kept. A
  // redirect from index.html to its folder is the same page.
  function good(r, url) {
    return r.status === 200 && r.type === 'basic' && !/no-store/.test(r.headers.get('Cache-Control') || '') &&
      (!r.redirected || place(r.url) === place(url));
  }
  function isPage(r) { return /^text\/html/.test(r.headers.get('Content-Type') || ''); }
  function read(r) {
    return r.arrayBuffer().then(function (b) {
      return crypto.subtle.digest('SHA-256', b).then(function (d) {
        return { r: r, b: b, sum: Array.prototype.map.call(new Uint8Array(d), function (x) { return (x < 16 ? '0' : '') + x.toString(16); }).join('') };
      });
    });
  }
  function load(url, cache) {
    return fetch(url, { cache: cache, credentials: 'same-origin' }).then(function (r) {
      if (!good(r, url)) throw fault(r.status === 404 || r.status === 410 ? 'gone' : 'changing');
      return read(r);
    }, function () { throw fault('network'); });
  }
  function fits(f, sum) { return f.sum.indexOf(sum) === 0; }

  // have sees to it that a file of the shell is kept, and that it is that file.
  function have(url, sum) {
    return caches.open(ASSETS).then(function (c) {
      return c.match(url).then(function (r) {
        return r || load(url, 'default').then(function (f) {
          return fits(f, sum) ? f : load(url, 'reload');
        }).then(function (f) {
          if (!fits(f, sum)) throw fault('changing');
          return put(c, url, f, {});
        });
      });
    });
  }
  function put(c, key, f, facts) {
    var h = new Headers(f.r.headers);
    ['Content-Encoding', 'Content-Length', 'Vary'].forEach(function (n) { h.delete(n); });
    facts.Kept = new Date().toISOString();
    facts.Size = f.b.byteLength;
    facts.Sum = f.sum;
    for (var n in facts) h.set('X-Gongbao-' + n, facts[n]);
    return c.put(key, new Response(f.b, { headers: h }));
  }
  function fact(r, name) { return r.headers.get('X-Gongbao-' + name) || ''; }

  // keep keeps a file, of a page also its title and its assets.
  function keep(where, key, f) {
    var facts = {}, text, title, asset = /"([^"\s]*assets\/[\w.-]+\?v=([0-9a-f]{8,}))"/g, wanted = [], m;
    if (isPage(f.r)) {
      text = new TextDecoder().decode(f.b);
      title = /<title>([^<]*)/.exec(text);
      while ((m = asset.exec(text))) wanted.push([new URL(m[1], key).href, m[2]]);
      facts.Title = encodeURIComponent(title ? title[1].replace(/&#34;/g, '"').replace(/&#39;/g, '\'').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&') : '');
      facts.Assets = wanted.map(function (w) { return w[0]; }).join(' ');
    }
    return Promise.all(wanted.map(function (w) { return have(w[0], w[1]); })).then(function () {
      return caches.open(where);
    }).then(function (c) { return put(c, key, f, facts); });
  }
  // all gives what is kept in a cache: key and answer, oldest first.
  function all(name) {
    return caches.open(name).then(function (c) {
      return c.keys().then(function (keys) {
        return Promise.all(keys.map(function (k) {
          return c.match(k).then(function (r) { return { key: k.url, r: r }; });
        }));
      });
    }).then(function (list) {
      return list.filter(function (x) { return x.r; }).sort(function (x, y) { return fact(x.r, 'Kept') < fact(y.r, 'Kept') ? -1 : 1; });
    });
  }
  function drop(name, keys) {
    return caches.open(name).then(function (c) { return Promise.all(keys.map(function (k) { return c.delete(k); })); });
  }
  // trim lets go of what was read longest ago; never of what was taken along.
  function trim(most) {
    return all(READ).then(function (list) {
      var bytes = 0, n = list.length, gone = [];
      list.forEach(function (x) { bytes += +fact(x.r, 'Size'); });
      list.forEach(function (x) {
        if (n <= (most || PAGES) && bytes <= BYTES || late.indexOf(x.key) >= 0) return;
        gone.push(x.key);
        bytes -= +fact(x.r, 'Size');
        n--;
      });
      return drop(READ, gone);
    });
  }
  // readAs keeps what was read just now; where there is no room, older pages go.
  function readAs(key, r) {
    if (!good(r, key) || +r.headers.get('Content-Length') > LARGEST) return null;
    return read(r.clone()).then(function (f) {
      if (f.b.byteLength > LARGEST) return null;
      return keep(READ, key, f).catch(function (e) {
        if (e.name !== 'QuotaExceededError') throw e;
        return trim(PAGES / 4).then(function () { return keep(READ, key, f); });
      });
    }).then(function () { return trim(); }).catch(quiet);
  }
  // tidy lets go of pages that no pack has any more, then of assets of no page.
  function tidy() {
    return all(PACKS).then(function (packs) {
      return Promise.all(packs.map(function (p) { return p.r.json(); }));
    }).then(function (packs) {
      var wanted = {};
      packs.forEach(function (p) {
        p.pages.concat(p.with ? p.extra : []).forEach(function (x) { wanted[place(x[0])] = 1; });
      });
      return all(TAKEN).then(function (list) {
        return drop(TAKEN, list.map(function (x) { return x.key; }).filter(function (k) { return !wanted[k]; }));
      });
    }).then(function () { return Promise.all([all(READ), all(TAKEN), all(ASSETS)]); }).then(function (w) {
      var used = {};
      my.shell.forEach(function (s) { used[base + s[0]] = 1; });
      w[0].concat(w[1]).forEach(function (x) { fact(x.r, 'Assets').split(' ').forEach(function (a) { used[a] = 1; }); });
      return drop(ASSETS, w[2].map(function (x) { return x.key; }).filter(function (k) { return !used[k]; }));
    });
  }
  // forsake lets go of what was withdrawn: of every copy of it but the one that the
  // site has now. The list of it is part of the worker, so that a browser that
  // opens any page of the site learns of it.
  function forsake() {
    var gone = my.gone.map(function (g) { return [new URL(g[0], base).href, g[1]]; });
    return Promise.all([READ, TAKEN].map(function (name) {
      return all(name).then(function (list) {
        return drop(name, list.filter(function (x) {
          return gone.some(function (g) {
            var folder = /\/$/.test(g[0]), file = folder ? g[0] + 'index.html' : g[0];
            return (folder ? x.key.indexOf(g[0]) === 0 : x.key === file) && !(x.key === file && fact(x.r, 'Sum').indexOf(g[1]) === 0);
          });
        }).map(function (x) { return x.key; }));
      });
    }));
  }
  // find gives the newest kept copy.
  function find(key) {
    return Promise.all([READ, TAKEN].map(function (n) {
      return caches.open(n).then(function (c) { return c.match(key); });
    })).then(function (w) {
      return w[0] && w[1] ? (fact(w[0], 'Kept') < fact(w[1], 'Kept') ? w[1] : w[0]) : w[0] || w[1];
    });
  }

  // ---- answers ----
  function escape(s) { return s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;'); }
  function again(r, text, status) { return new Response(text, { status: status, headers: r.headers }); }
  // shown is a kept page that says so, with the day on which it was kept.
  function shown(old, key) {
    var r = old.clone(), kept = fact(r, 'Kept');
    if (!isPage(r) || key === SEARCH) return r;
    return r.text().then(function (t) {
      var day = new Date(Date.parse(kept) + 288e5).toISOString().slice(0, 16).replace('T', ' ');
      var note = '<div class="notice warning kept" role="note"><p>' + escape(my.words.kept).replace('{0}', '<time datetime="' + kept + '">' + day + '</time>') +
        '</p><p><span id="kept-online" role="status"><span hidden>' + escape(my.words.online) + '</span></span> <a href="' + escape(new URL(key).pathname) + '">' + escape(my.words.again) + '</a></p></div>';
      return again(r, t.replace(/<html\b/, '<html data-kept="' + kept + '"').replace(/<main\b[^>]*>/, function (m) { return m + note; }), 200);
    });
  }
  // instead stands at the address of a page that is not there; its links begin at
  // the root, so that they hold wherever it stands.
  function instead(status) {
    return caches.match(base + my.shell[0][0]).then(function (r) {
      if (!r) return Response.error();
      return r.text().then(function (t) { return again(r, t.replace(/="\.\.\//g, '="' + path), status); });
    });
  }
  function navigate(e) {
    var key = place(e.request.url), over = false;
    var net = Promise.resolve(e.preloadResponse).then(function (r) { return r || fetch(e.request); });
    e.waitUntil(net.then(function (r) {
      if (r.status === 404 || r.status === 410) return drop(READ, [key]);
      return isPage(r) && key !== OFFLINE ? readAs(key, r) : null;
    }).catch(quiet));
    e.respondWith(find(key).then(function (old) {
      if (!old) return net.catch(function () { return instead(key === OFFLINE ? 200 : 503); });
      return Promise.race([
        net.then(function (r) { over = true; return r.status < 500 ? r : shown(old, key); }, function () { over = true; return shown(old, key); }),
        new Promise(function (done) {
          setTimeout(function () { if (!over) done(shown(old, key)); }, PATIENCE);
        })
      ]);
    }));
  }
  function refer(e) {
    var key = place(e.request.url), net = fetch(e.request);
    e.waitUntil(net.then(function (r) { return readAs(key, r); }).catch(quiet));
    e.respondWith(net.catch(function () {
      return find(key).then(function (r) { return r || Response.error(); });
    }));
  }
  self.addEventListener('fetch', function (e) {
    var q = e.request, url = q.url, sum;
    if (q.method !== 'GET' || url.indexOf(base) !== 0 || q.headers.has('Range')) return;
    if (q.mode === 'navigate') { navigate(e); return; }
    sum = /^assets\/[\w.-]+\?v=([0-9a-f]{8,})$/.exec(url.slice(base.length));
    if (sum) {
      e.respondWith(have(url, sum[1]).then(function () { return caches.open(ASSETS); }).then(function (c) { return c.match(url); })
        .catch(quiet).then(function (r) { return r || fetch(q); }));
    } else if (q.destination === 'image' || late.indexOf(place(url)) > 0) {
      refer(e);
    }
  });

  // ---- life ----
  self.addEventListener('install', function (e) {
    e.waitUntil(Promise.all(my.shell.map(function (s) { return have(base + s[0], s[1]); })).then(function () { return self.skipWaiting(); }));
  });
  self.addEventListener('activate', function (e) {
    e.waitUntil(caches.keys().then(function (names) {
      return Promise.all(names.map(function (n) {
        var ours = /^gongbao\d* (\S*) /.exec(n);
        return ours && ours[1] === path && [ASSETS, READ, TAKEN, PACKS].indexOf(n) < 0 && caches.delete(n);
      }));
    }).then(forsake).catch(quiet).then(tidy).catch(quiet).then(function () {
      if (self.registration.navigationPreload) return self.registration.navigationPreload.enable();
    }).catch(quiet).then(function () { return self.clients.claim(); }).then(begin));
  });
  // begin keeps what was opened before there was a worker, and the ways in.
  function begin() {
    return self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(function (open) {
      var keys = open.map(function (c) { return place(c.url); }).filter(function (k) { return k.indexOf(base) === 0 && k !== OFFLINE; });
      return late.concat(keys).reduce(function (before, key) {
        return before.then(function () { return find(key); }).then(function (old) {
          return old || load(key, 'default').then(function (f) { return keep(READ, key, f); });
        }).catch(quiet);
      }, Promise.resolve());
    });
  }

  // ---- taking along (offline.js asks for one file after the other) ----
  // take keeps a file of a pack. What is on the device with the sum of the pack is
  // not fetched again. The answer says whether the site gave another file.
  function take(what, sum) {
    var key = place(what);
    return Promise.all([TAKEN, READ].map(function (n) {
      return caches.open(n).then(function (c) { return c.match(key); });
    })).then(function (w) {
      var old = w.filter(function (r) { return r && fact(r, 'Sum').indexOf(sum) === 0; })[0];
      if (old) return read(old);
      return load(key, 'no-cache').then(function (f) { return fits(f, sum) ? f : load(key, 'reload'); });
    }).then(function (f) {
      return keep(TAKEN, key, f).then(function () { return { odd: !fits(f, sum) }; });
    });
  }
  var jobs = {
    take: function (m) { return take(m.path, m.sum); },
    tidy: tidy,
    // forget lets go of what was read; what the shell needs stays.
    forget: function () {
      return all(READ).then(function (list) {
        return drop(READ, list.map(function (x) { return x.key; }).filter(function (k) { return late.indexOf(k) < 0; }));
      }).then(tidy);
    },
    clear: function () { return caches.delete(PACKS).then(jobs.forget); }
  };
  self.addEventListener('message', function (e) {
    var m = e.data || {}, job = jobs[m.job], port = e.ports[0];
    if (!job || !port) return;
    e.waitUntil(job(m).then(function (answer) { port.postMessage(answer || {}); }, function (err) {
      port.postMessage({ error: err.name === 'QuotaExceededError' ? 'full' : err.kind || 'failed' });
    }));
  });
})();
