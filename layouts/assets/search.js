// The search of /search/: looks things up in static files, in the form that
// internal/search and internal/gram describe, reads queries and scores as
// internal/query does, and reads the pages themselves to show the passage.
(function () {
  'use strict';
  var doc = document, VERSION = 1, TOP = 10;

  // ---- folding (internal/zh, Stream) ----
  var hant = null; // traditional → simplified
  var DIGITS = '零一二三四五六七八九';
  // Of GB 2312, these are mapped all the same.
  var ODD = '麽於夥後吒袷乾徵摺拚捱麴菸榘醣薹';
  var WORD = /[\p{L}\p{N}]/u;
  function isHan(c) { return c >= 0x4e00 && c <= 0x9fff || c >= 0x3400 && c <= 0x4dbf; }
  function foldHan(ch) {
    if (hant && hant[ch]) ch = hant[ch];
    var d = DIGITS.indexOf(ch);
    return d < 0 ? ch : String(d);
  }
  // stream folds s; at, if given, gets for each unit of the stream its place in s.
  function stream(s, at) {
    var out = '';
    for (var i = 0; i < s.length;) {
      var c = s.codePointAt(i), n = c > 0xffff ? 2 : 1, add = '';
      if (c < 128) {
        if (c >= 97 && c <= 122 || c >= 48 && c <= 57) add = s[i];
        else if (c >= 65 && c <= 90) add = s[i].toLowerCase();
      } else if (isHan(c)) {
        add = foldHan(s[i]);
      } else {
        Array.from(s.substr(i, n).normalize('NFKC').toLowerCase()).forEach(function (p) {
          if (p === '〇' || p === '○' || p === '◯') add += '0';
          else if (isHan(p.codePointAt(0))) add += foldHan(p);
          else if (WORD.test(p)) add += p;
        });
      }
      if (at) for (var k = 0; k < add.length; k++) at.push(i);
      out += add;
      i += n;
    }
    return out;
  }
  var plain = null;
  // odd reports whether folding s needs the table of traditional characters: whether
  // it has a Han character that GB 2312 does not have.
  function odd(s) {
    if (!plain) {
      plain = {};
      var bytes = new Uint8Array(2);
      var gbk = new TextDecoder('gbk');
      for (bytes[0] = 0xb0; bytes[0] <= 0xf7; bytes[0]++) {
        for (bytes[1] = 0xa1; bytes[1] < 0xff; bytes[1]++) plain[gbk.decode(bytes)] = 1;
      }
      for (var j = 0; j < ODD.length; j++) delete plain[ODD[j]];
    }
    s = s.normalize('NFKC');
    for (var i = 0; i < s.length; i++) if (isHan(s.charCodeAt(i)) && !plain[s[i]]) return true;
    return false;
  }

  // ---- queries (internal/query) ----
  function numeral(s) {
    if (!s) return 0;
    if (/^\d+$/.test(s)) return +s;
    var sum = 0, digit = 0;
    for (var i = 0; i < s.length; i++) {
      var unit = { 十: 10, 百: 100, 千: 1000 }[s[i]];
      if (!unit) {
        if (digit > 9 || !/\d/.test(s[i])) return 0;
        digit = digit * 10 + +s[i];
        continue;
      }
      sum += (digit || i ? digit : 1) * unit;
      digit = 0;
    }
    return sum + digit;
  }
  function parseNumber(s) {
    var m = /^(.*?[^0-9第])?第?((?:19|20|21)[0-9]{2})年?第?([0-9]{1,6}|[0-9十百千]{1,7})号?(?:令|公告|通告)?$/.exec(s), n;
    if (m && (n = numeral(m[3])) > 0 && n < 1e6) return { series: m[1] || '', year: +m[2], serial: n };
    m = /^(.*?)第([0-9十百千]{1,7})号(?:令|公告|通告)?$/.exec(s);
    if (m && (n = numeral(m[2])) > 0 && n < 1e6) return { series: m[1] || '', year: 0, serial: n };
    m = /^(.*?[^0-9])?([0-9]{1,6})号(?:令|公告|通告)?$/.exec(s);
    if (m && (n = numeral(m[2])) > 0 && n < 1e6) return { series: m[1] || '', year: 0, serial: n };
    m = /^(.*令)([0-9]{1,6})$/.exec(s);
    if (m && (n = numeral(m[2])) > 0 && n < 1e6) return { series: m[1] || '', year: 0, serial: n };
    return null;
  }
  function parse(typed) {
    var q = { terms: [], whole: stream(typed), article: '', title: '', issue: null };
    typed.split(/(?:[^\S\ufeff]|\u0085)+/).forEach(function (w) {
      var s = stream(w);
      if (s && q.terms.indexOf(s) < 0 && q.terms.length < 8) q.terms.push(s);
    });
    q.number = parseNumber(q.whole);
    var m = /^(?:(?:.*[^0-9])?((?:19|20|21)[0-9]{2})年第?|[^0-9第]*第)([0-9十]{1,3})期(?:第?([0-9十百]{1,4})页)?$/.exec(q.whole);
    if (m) q.issue = { year: +(m[1] || 0), no: numeral(m[2]), page: numeral(m[3]) };
    m = /^(.+?)第([0-9十百千]{1,7})条(?:第[0-9十]{1,3}款)?(?:第[0-9十]{1,3}项)?$/.exec(q.whole);
    if (m && Array.from(m[1]).length > 1) { q.title = m[1]; q.article = 'art_' + numeral(m[2]); }
    return q;
  }
  // The codes of texts that no longer count (catalog.EndedCode).
  var ENDED = { expired: 1, lapsed: 1, repealed: 1, replaced: 1, superseded: 1 };
  function score(m) {
    var s = m.number === 2 ? 8000 : m.number === 1 ? 6000 : 0;
    if (m.title) s += 3000;
    if (m.terms) s += Math.floor(m.heads * 1000 / m.terms);
    if (!m.ended) s += 500;
    return s + Math.max(0, Math.min(m.year - 1900, 400));
  }

  // ---- files (internal/gram) ----
  function damaged(path) { var e = new Error('damaged: ' + path); e.file = path; return e; }
  function fnv(stamp, b, from, to) {
    var h = (0x811c9dc5 ^ stamp) >>> 0;
    for (var i = from; i < to; i++) h = Math.imul(h ^ b[i], 16777619);
    return h >>> 0;
  }
  function u32(b, i) { return (b[i] << 24 | b[i + 1] << 16 | b[i + 2] << 8 | b[i + 3]) >>> 0; }
  function Bytes(b, at, end) { this.b = b; this.at = at; this.end = end; }
  Bytes.prototype.byte = function () {
    if (this.at >= this.end) throw damaged('');
    return this.b[this.at++];
  };
  Bytes.prototype.u16 = function () { return this.byte() * 256 + this.byte(); };
  Bytes.prototype.uvarint = function () {
    for (var v = 0, f = 1; ; f *= 128) {
      var c = this.byte();
      v += (c & 127) * f;
      if (c < 128) return v;
      if (f > 1e12) throw damaged('');
    }
  };
  // list reads n ascending numbers below u.
  Bytes.prototype.list = function (n, u) {
    var out = [], i, v;
    if (n > u) throw damaged('');
    if (n === u) { for (i = 0; i < u; i++) out.push(i); return out; }
    if (!n) return out;
    var inverse = 2 * n > u, m = inverse ? u - n : n, k = 0, acc = 0, have = 0, self = this;
    for (v = Math.floor(u * 11 / (16 * m)); v > 1; v = Math.floor(v / 2)) k++;
    function bit() {
      if (!have) { acc = self.byte(); have = 8; }
      return acc >> --have & 1;
    }
    var last = -1, next = 0;
    for (i = 0; i < m; i++) {
      for (v = 0; !bit();) if (++v > u) throw damaged('');
      for (var j = 0; j < k; j++) v = v * 2 + bit();
      last += v + 1;
      if (last >= u) throw damaged('');
      if (!inverse) out.push(last);
      else { for (; next < last; next++) out.push(next); next = last + 1; }
    }
    if (inverse) for (; next < u; next++) out.push(next);
    return out;
  };

  var inflater, files = {};
  var base = '';
  // get reads bytes of a file; size 0: all of it. stamp: what caches may keep it under.
  function get(path, from, size, stamp) {
    var whole = files[path];
    if (whole) return Promise.resolve(size ? whole.subarray(from, from + size) : whole);
    var init = { cache: stamp === undefined ? 'no-cache' : 'default' };
    if (size) init.headers = { Range: 'bytes=' + from + '-' + (from + size - 1) };
    return fetch(base + path + (stamp === undefined ? '' : '?v=' + stamp.toString(16)), init).then(function (r) {
      if (r.status !== 200 && r.status !== 206) throw damaged(path);
      return r.arrayBuffer().then(function (a) {
        var b = new Uint8Array(a);
        if (r.status === 206) {
          var range = r.headers.get('Content-Range');
          if (range && range.indexOf('bytes ' + from + '-') !== 0) throw damaged(path);
          return b;
        }
        files[path] = b;
        return size ? b.subarray(from, from + size) : b;
      });
    }, function () { throw damaged(path); });
  }
  function sealed(path) {
    return get(path, 0, 0).then(function (b) {
      if (b.length < 4 || u32(b, 0) !== fnv(VERSION, b, 4, b.length)) { delete files[path]; throw damaged(path); }
      return new Bytes(b, 4, b.length);
    });
  }
  // lines reads a file of lines, which are fields.
  function lines(path) {
    return sealed(path).then(function (r) { return inflate(r.b.subarray(4)); }).then(function (b) {
      return new TextDecoder().decode(b).split('\n').map(function (l) { return l.split('\t'); });
    }).catch(function (e) { delete files[path]; throw e.file ? e : damaged(path); });
  }
  // inflate unpacks zlib; browsers that cannot (before 2023) load a script for it.
  function inflate(b) {
    if (window.DecompressionStream) {
      return new Response(new Blob([b]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
    }
    return inflater = inflater || new Promise(function (done, failed) {
      var s = doc.createElement('script');
      s.src = base + 'assets/inflate.js';
      s.onload = done;
      s.onerror = function () { inflater = null; failed(damaged(s.src)); };
      doc.head.appendChild(s);
    }), inflater.then(function () { return window.gongbaoInflate(b); });
  }
  function hex(n) { return (n < 16 ? '0' : '') + n.toString(16); }
  function numbered(folder, n) { return folder + hex(n >> 8) + '/' + hex(n & 255) + '.bin'; }

  // ---- grams ----
  function shard(p, a, b) {
    var h = fnv(0, [a >> 8, a & 255, b >> 8, b & 255], 0, 4);
    h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
    h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
    h = (h ^ h >>> 16) >>> 0;
    return Math.floor(h / 4294967296 * p.s);
  }
  function readTree(r) {
    var v = r.uvarint(), t = { size: Math.floor(v / 2), large: v % 2, groups: [] };
    if (t.large) for (var n = r.uvarint(); n > 0; n--) t.groups.push({ first: r.u16(), tree: readTree(r) });
    return t;
  }
  function place(t, at) {
    t.from = at;
    at += t.size;
    t.groups.forEach(function (g) { at = place(g.tree, at); });
    return at;
  }
  // directory reads the trees of a file; a number is how many bytes it needs.
  function directory(p, b) {
    var r = new Bytes(b, 4, b.length), n = r.uvarint(), size = r.uvarint(), end = r.at + n;
    if (n > size) throw damaged('');
    if (end > b.length) return end;
    if (u32(b, 0) !== fnv(p.t, b, 4, end)) throw damaged('');
    r.end = end;
    var trees = {}, order = [], at = end;
    while (r.at < end) {
      var key = r.u16() * 65536 + r.u16();
      order.push(trees[key] = readTree(r));
    }
    order.forEach(function (t) { if (!t.large) { t.from = at; at += t.size; } });
    order.forEach(function (t) { if (t.large) at = place(t, at); });
    if (at !== size) throw damaged('');
    return trees;
  }
  // walk finds the page to read for a query (units); w.need 0: done.
  function walk(p, trees, query) {
    var w = { q: query.slice(0, p.d), list: [], exact: false, depth: 0, need: 0 };
    var t = trees[query[0] * 65536 + (query[1] || 0)];
    if (!t) { w.exact = true; return w; }
    w.depth = Math.min(2, query.length);
    function read(tree, node) { w.from = tree.from; w.need = tree.size; w.node = node; return w; }
    for (;;) {
      if (w.depth === w.q.length || !t.groups.length) return read(t, true);
      var unit = w.q[w.depth], g = null;
      t.groups.some(function (x) { if (x.first > unit) return true; g = x; return false; });
      if (!g || g.tree.large && g.first !== unit) { w.exact = true; return w; }
      if (!g.tree.large) return read(g.tree, false);
      t = g.tree;
      w.depth++;
    }
  }
  function readPage(p, w, b) {
    var s = fnv(p.t, b, 2, b.length);
    if (b.length !== w.need || b.length < 2 || (s >>> 16 ^ s & 0xffff) !== b[0] * 256 + b[1]) throw damaged('');
    var r = new Bytes(b, 2, b.length);
    w.need = 0;
    function pass(u) {
      var v = r.uvarint(), df = Math.floor(v / 2);
      r.list(df, u);
      if (v % 2) for (var n = r.uvarint(); n > 0; n--) { r.u16(); pass(df); }
    }
    function down(parent) {
      var v = r.uvarint(), list = r.list(Math.floor(v / 2), parent ? parent.length : p.u);
      if (parent) list = list.map(function (i) { return parent[i]; });
      w.list = list;
      w.exact = w.depth === w.q.length;
      if (w.exact || v % 2 === 0) return;
      for (var n = r.uvarint(); n > 0; n--) {
        if (r.u16() === w.q[w.depth]) { w.depth++; down(list); return; }
        pass(list.length);
      }
      w.list = [];
      w.exact = true;
    }
    if (w.node) { down(null); return; }
    while (r.at < r.end) {
      if (r.u16() === w.q[w.depth]) { w.depth++; down(null); return; }
      pass(p.u);
    }
    w.list = [];
    w.exact = true;
  }
  function thirds(m) { return [0, Math.floor(m / 3), Math.floor(m * 2 / 3), m]; }
  function cover(p, n) {
    if (n <= 2 || n <= p.d && p.r <= 16) return [0];
    if (p.d <= 3 && n > 8) return thirds(n - 2);
    if (p.d <= 3) {
      for (var out = [], i = 0; i < n - 2; i += 2) out.push(i);
      return out.concat(n - 2);
    }
    if (n === 3) return [0, 1];
    if (n <= 7) return [0, n - 3];
    if (n <= 12) return [0, n - 3 >> 1, n - 3];
    return thirds(n - 3);
  }
  // lookup gives the documents that have a term, in two rounds; sure: no candidates.
  function lookup(p, folder, term, stamp) {
    var units = [], i;
    for (i = 0; i < term.length; i++) units.push(term.charCodeAt(i));
    var walks = cover(p, units.length).map(function (from) {
      var q = units.slice(from), path = numbered(folder, shard(p, q[0], q[1] || 0));
      function read(b) {
        try {
          var d = directory(p, b);
          if (typeof d === 'number') {
            return get(path, b.length, d - b.length, stamp).then(function (more) {
              var all = new Uint8Array(b.length + more.length);
              all.set(b);
              all.set(more, b.length);
              if (all.length < d) throw damaged(path);
              return read(all);
            });
          }
          var w = walk(p, d, q);
          w.path = path;
          if (w.need && w.from + w.need <= b.length) readPage(p, w, b.subarray(w.from, w.from + w.need));
          return w;
        } catch (e) { delete files[path]; throw damaged(path); }
      }
      return get(path, 0, p.h, stamp).then(read);
    });
    var whole = units.length <= p.d;
    return Promise.all(walks).then(function (ws) {
      if (!ws[0].need && ws[0].exact && whole) return [ws[0]];
      return Promise.all(ws.map(function (w, i) {
        if (!w.need || w.need > 2200 && ws.some(function (o, j) { return j !== i && o.need <= 1500; })) return w;
        return get(w.path, w.from, w.need, stamp).then(function (b) {
          try { readPage(p, w, b); } catch (e) { delete files[w.path]; throw damaged(w.path); }
          return w;
        });
      }));
    }).then(function (ws) {
      var list = null;
      for (var i = 0; i < ws.length; i++) {
        var w = ws[i];
        if (w.need) continue;
        if (i === 0 && w.exact && whole || w.exact && !w.list.length) return { list: w.list, sure: true };
        list = list ? both(list, w.list) : w.list;
      }
      return { list: list, sure: !list.length };
    });
  }
  function both(a, b) {
    var out = [];
    for (var i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] < b[j]) i++;
      else if (a[i] > b[j]) j++;
      else { out.push(a[i++]); j++; }
    }
    return out;
  }

  // ---- what is found (internal/search) ----
  var config, state = null;
  function readLists(r) {
    var n = r.uvarint(), names = r.uvarint(), out = { names: [], lists: [] };
    if (n !== config.n) throw damaged(''); // lists of another build
    for (; names > 0; names--) {
      var size = r.uvarint();
      out.names.push(new TextDecoder().decode(r.b.subarray(r.at, r.at + size)));
      r.at += size;
      out.lists.push(r.list(r.uvarint(), n));
    }
    return out;
  }
  // readState gives the force of every document today: one of the steps that the
  // build has computed, never less than that of its day.
  function readState() {
    return state = state || sealed('search/recent/state.bin').then(function (r) {
      if (r.uvarint() !== config.build) throw damaged(''); // the page is of another build
      var l = readLists(r), force = new Array(config.n).fill('');
      l.lists.forEach(function (list, i) { list.forEach(function (d) { force[d] = l.names[i]; }); });
      var today = Math.floor((Date.now() + 8 * 36e5) / 864e5) - 10957; // days from 2000-01-01, UTC+8
      for (var n = r.uvarint(), d = -1; n > 0; n--) {
        d += r.uvarint() + 1;
        for (var steps = r.uvarint(); steps > 0; steps--) {
          var until = r.uvarint(), name = l.names[r.uvarint()];
          if (today > until) force[d] = name;
        }
      }
      return force;
    }).catch(function (e) { state = null; throw e; });
  }
  function year(d) {
    for (var y = 0, i = 0; i < config.years.length && config.years[i][1] <= d; i++) y = config.years[i][0];
    return y;
  }
  function toMeta(f) {
    return { title: f[0], number: f[1], address: f[2], issuers: f[3], date: f[4], type: f[5] };
  }
  // metaOf reads a line of a file of meta.
  function metaOf(ls, n) {
    var f = ls[n + 1];
    if (!f || !f[0]) return null;
    var d = f[4] || '', a = f[2] + '/';
    return toMeta([f[0], f[1] || '', a[0] === '/' ? a.slice(1) : 'documents/' + a, f[3] ? ls[0][+f[3]] || '' : '',
      d && d.slice(0, 4) + '-' + d.slice(4, 6) + '-' + d.slice(6), f[5] || '']);
  }
  var metas = {}, metaFiles = {};
  function readMeta(docs) {
    return Promise.all(docs.map(function (d) {
      if (metas[d]) return metas[d];
      var recent = d >= config.a, n = recent ? d - config.a : d;
      var path = numbered('search/' + (recent ? 'recent' : 'archive') + '/meta/', Math.floor(n / config.meta));
      metaFiles[path] = metaFiles[path] || lines(path);
      return metaFiles[path].then(function (ls) {
        var m = metaOf(ls, n % config.meta);
        if (!m) throw damaged(path);
        return metas[d] = m;
      }, function (e) { delete metaFiles[path]; throw e; });
    }));
  }
  function hash(s) {
    var b = new TextEncoder().encode(s);
    return fnv(0, b, 0, b.length);
  }
  function titleKey(s) { return 't' + ('0000000' + hash(s).toString(16)).slice(-8); }

  // exact gives the lines of a key of the exact lookups to f.
  function exact(key, f) {
    var h = hash(key), path = numbered('search/recent/exact/', ((h ^ h >>> 15) & config.exact - 1) >>> 0);
    return lines(path).then(function (ls) { ls.forEach(function (l) { if (l[0] === key) f(l, path); }); });
  }
  // byNumber adds the documents with a number and how well they fit.
  function byNumber(n, to) {
    return exact(n.year + '-' + n.serial, function (l, path) {
      if (l.length < 9 || !(+l[2] < config.n)) throw damaged(path);
      var fit = !n.series || n.series === l[1] ? 2 : l[1].indexOf(n.series) >= 0 ? 1 : 0;
      if (fit) { to.push([+l[2], fit]); metas[+l[2]] = toMeta(l.slice(3)); }
    });
  }
  function blank() { return { number: 0, title: false, article: false, heads: 0, maybe: 0, body: 0, unsure: 0 }; }
  // findNumber is a search for a number alone: two files, and the result is there.
  function findNumber(q) {
    var numbers = [];
    return Promise.all([readState(), byNumber(q.number, numbers)]).then(function (w) {
      var docs = {};
      numbers.forEach(function (n) { (docs[n[0]] = blank()).number = n[1]; });
      return { q: q, docs: docs, force: w[0], all: (1 << q.terms.length) - 1 };
    });
  }

  // find gives all documents that may answer a query: id → {number, title, heads, body, unsure}.
  function find(q) {
    var docs = {}, all = (1 << q.terms.length) - 1, titles = [], numbers = [], articles = [];
    function at(d) { return docs[d] || (docs[d] = blank()); }
    var work = [readState()];
    // Ten titles are read in any case; where more may hold what was typed, the one
    // that equals it is looked up.
    work.push(Promise.all(q.terms.map(function (term, i) {
      return lookup(config.heads, 'search/recent/heads/', term).then(function (r) {
        r.list.forEach(function (d) {
          if (d >= config.n) return;
          at(d).heads |= 1 << i;
          if (!r.sure) at(d).maybe |= 1 << i;
        });
        return r.list.length;
      });
    })).then(function (n) {
      if (Math.min.apply(null, n) > TOP) return exact(titleKey(q.whole), function (l) { titles.push(+l[2]); });
    }));
    q.terms.forEach(function (term, i) {
      [['archive', 0, config.a], ['recent', config.a, config.n - config.a]].forEach(function (part) {
        if (!part[2]) return;
        var p = config[part[0]];
        work.push(lookup(p, 'search/' + part[0] + '/body/', term, p.x).then(function (r) {
          r.list.forEach(function (d) {
            var f = at(d + part[1]);
            f.body |= 1 << i;
            if (!r.sure) f.unsure |= 1 << i;
          });
        }));
      });
    });
    if (q.number) work.push(byNumber(q.number, numbers));
    if (q.article) work.push(lookup(config.heads, 'search/recent/heads/', q.title).then(function (r) { if (r.list.length <= 20) articles = r.list; }));
    return Promise.all(work).then(function (w) {
      var d;
      for (d in docs) if ((docs[d].heads | docs[d].body) !== all) delete docs[d];
      titles.forEach(function (t) { if (docs[t]) docs[t].title = true; });
      numbers.forEach(function (n) { at(n[0]).number = n[1]; });
      articles.forEach(function (a) { if (a < config.n) at(a).article = true; });
      return { q: q, docs: docs, force: w[0], all: all };
    });
  }
  function hit(s, d) {
    var f = s.docs[d], heads = 0;
    for (var b = f.article ? s.all : f.heads; b; b &= b - 1) heads++;
    return {
      doc: d, f: f, force: s.force[d],
      certain: f.number > 0 || (f.heads & ~f.maybe | f.body & ~f.unsure) === s.all,
      score: score({ number: f.number, title: f.title, heads: heads, terms: s.q.terms.length, ended: ENDED[s.force[d]], year: year(d) })
    };
  }
  // rank orders what was found (keep: a filter) and reads the meta of the first
  // limit; a title that does not hold what it was said to hold changes the order.
  function rank(s, keep, limit) {
    var order = [];
    for (var d in s.docs) if (keep(+d)) order.push(hit(s, +d));
    function byScore(a, b) { return b.score - a.score || b.doc - a.doc; }
    order.sort(byScore);
    function settle() {
      var top = order.slice(0, limit);
      return readMeta(top.map(function (h) { return h.doc; })).then(function (ms) {
        var changed = false;
        top.forEach(function (h, i) {
          h.meta = ms[i];
          if (h.f.checked) return;
          h.f.checked = true;
          if (!check(s, h)) return;
          changed = true;
          if (answers(s, h.f, h.f.body)) {
            var again = hit(s, h.doc);
            again.meta = h.meta;
            order[i] = again;
          } else {
            order[i] = null;
            delete s.docs[h.doc];
          }
        });
        if (!changed) return order;
        order = order.filter(Boolean).sort(byScore);
        return settle();
      });
    }
    return settle();
  }
  function check(s, h) {
    var title = stream(h.meta.title), number = stream(h.meta.number), heads = 0;
    s.q.terms.forEach(function (t, i) { if (title.indexOf(t) >= 0 || number.indexOf(t) >= 0) heads |= 1 << i; });
    var named = h.f.article && title.indexOf(s.q.title) >= 0, whole = title === s.q.whole || named && title === s.q.title;
    var was = h.f.heads !== heads || h.f.title !== whole || h.f.article !== named;
    h.f.heads = heads;
    h.f.maybe = 0;
    h.f.title = whole;
    h.f.article = named;
    return was;
  }
  // answers reports whether a document is a hit, if its text holds the terms of body.
  function answers(s, f, body) { return f.number > 0 || f.article || (f.heads | body) === s.all; }

  // ---- the page of a document (markup.Fragment.Blocks) ----
  var PHRASING = / (?:A|B|STRONG|EM|CODE|SUP|SUB|SPAN|BR|IMG|I|U|MARK|SMALL) /;
  function blocks(page) {
    var text = page.querySelector('#text');
    if (!text) throw damaged(''); // a page of something else
    var out = [], buf = '', last = '', open = [];
    function flush() {
      if (buf.trim()) {
        var anchor = last;
        for (var i = open.length - 1; i >= 0; i--) if (open[i]) { anchor = open[i]; break; }
        out.push({ text: buf, anchor: anchor });
      }
      buf = '';
    }
    function visit(node) {
      for (var c = node.firstChild; c; c = c.nextSibling) {
        if (c.nodeType === 3) buf += c.data;
        else if (c.nodeType !== 1 || /^(fn|art-mark)$/.test(c.className)) continue;
        else if (PHRASING.test(' ' + c.tagName + ' ')) visit(c);
        else {
          flush();
          if (c.id) last = c.id;
          open.push(c.id);
          visit(c);
          flush();
          open.pop();
        }
      }
    }
    visit(text);
    flush();
    return out;
  }
  function needHant(s) {
    if (hant || !odd(s)) return Promise.resolve();
    return lines('search/hant.bin').then(function (ls) {
      var table = {};
      ls.forEach(function (l) {
        var cs = Array.from(l[0]);
        cs.slice(1).forEach(function (c) { table[c] = cs[0]; });
      });
      hant = table;
    });
  }
  // verify reads the page of a hit: which terms a block of it holds, and the passage.
  function verify(s, h) {
    return fetch(base + h.meta.address + 'index.html').then(function (r) {
      if (!r.ok) throw damaged(h.meta.address);
      return r.text();
    }).then(function (html) {
      var page = new DOMParser().parseFromString(html, 'text/html'), bs = blocks(page);
      function look() {
        var got = 0, best = null;
        bs.forEach(function (b) {
          var text = stream(b.text), has = 0, n = 0;
          s.q.terms.forEach(function (t, i) { if (text.indexOf(t) >= 0) { has |= 1 << i; n++; } });
          got |= has;
          // A heading says less than the sentence under it.
          if (n && (!best || n > best.n || n === best.n && best.short && text.length > 12)) best = { block: b, n: n, short: text.length <= 12 };
        });
        return { got: got, best: best, article: h.f.article && page.querySelector('.text [id="' + s.q.article + '"], .text [id$="__' + s.q.article + '"]') };
      }
      var v = look();
      if ((v.got | h.f.heads) === s.all || hant) return v;
      return needHant(bs.map(function (b) { return b.text; }).join('')).then(look); // its characters may be traditional
    });
  }

  // ---- the page ----
  window.gongbaoSearch = {
    stream: stream, parse: parse, needHant: needHant, blocks: blocks, mark: mark,
    // run is a search without a page: the first results by score, for tests.
    run: function (typed, limit) {
      return needHant(typed).then(function () {
        var q = parse(typed);
        return find(q).then(function (s) {
          return rank(s, function () { return true; }, limit).then(function (order) {
            return { total: order.length, top: order.slice(0, limit), s: s };
          });
        });
      });
    },
    number: function (typed) {
      var q = parse(typed);
      return findNumber(q).then(function (s) { return rank(s, function () { return true; }, TOP); });
    },
    verify: verify
  };
  var form = doc.getElementById('search');
  if (!form) return;
  config = JSON.parse(form.getAttribute('data-config'));
  base = form.getAttribute('data-root');
  var words = JSON.parse(form.getAttribute('data-words'));
  var box = doc.getElementById('search-q'), out = doc.getElementById('results'), say = doc.getElementById('search-status');
  var side = doc.getElementById('facets'), more = doc.getElementById('more'), extra = doc.getElementById('search-extra');
  var only = form.querySelector('[name=force]');
  doc.documentElement.className += ' searching';
  form.hidden = false;
  if (location.protocol === 'file:') { say.textContent = words.http; return; }
  if (config.v !== VERSION) { say.textContent = words.damaged; return; } // this script is of another build

  var FACETS = config.facets;
  function T(key) {
    var s = words[key] || key, args = arguments;
    return s.replace(/\{(\d)\}/g, function (_, i) { return args[+i + 1]; });
  }
  function el(tag, cls, text) {
    var e = doc.createElement(tag);
    if (cls) e.className = cls;
    e.textContent = text || '';
    return e;
  }
  function short(s) { return s.length > 40 ? s.slice(0, 40) + '…' : s; }
  function label(facet, value) {
    if (facet === 'force') return words['force.' + value] || value;
    if (facet === 'issue') return T('issue', value.slice(0, 4), +value.slice(5));
    return facet === 'class' && words['type.' + value] || value;
  }

  // What is asked for stands in the address.
  function asked() {
    var u = new URLSearchParams(location.search), a = { q: u.get('q') || '', filters: [] };
    FACETS.forEach(function (f) { u.getAll(f).forEach(function (v) { if (v) a.filters.push([f, v]); }); });
    return a;
  }
  function address(a) {
    var u = new URLSearchParams();
    if (a.q) u.append('q', a.q);
    a.filters.forEach(function (f) { u.append(f[0], f[1]); });
    var s = u.toString();
    return location.pathname + (s ? '?' + s : '');
  }
  function go(a) {
    if (address(a) !== location.pathname + location.search) history.pushState(null, '', address(a));
    start();
  }
  function has(a, facet, value) {
    return a.filters.some(function (f) { return f[0] === facet && f[1] === value; });
  }
  function toggled(a, facet, value) {
    return {
      q: a.q, filters: a.filters.filter(function (f) {
        return f[0] !== facet || f[1] !== value;
      }).concat(has(a, facet, value) ? [] : [[facet, value]])
    };
  }

  var facetFiles = {};
  function facet(name) {
    return facetFiles[name] = facetFiles[name] || sealed('search/recent/facets/' + name + '.bin').then(readLists)
      .then(name === 'year' ? years : function (l) { return l; })
      .catch(function (e) { delete facetFiles[name]; throw e; });
  }
  // years adds the documents that are of the year in which they came out.
  function years(l) {
    var other = new Uint8Array(config.n), by = {};
    l.names.forEach(function (v, i) {
      by[v] = l.lists[i];
      l.lists[i].forEach(function (d) { other[d] = 1; });
    });
    for (var d = 0; d < config.n; d++) {
      var y = year(d);
      if (y && !other[d]) (by[y] = by[y] || []).push(d);
    }
    var names = Object.keys(by);
    return { names: names, lists: names.map(function (v) { return by[v]; }) };
  }
  // filters gives a test for each facet that is filtered by: any of its values will do.
  function filters(a, force) {
    var by = {};
    a.filters.forEach(function (f) { (by[f[0]] = by[f[0]] || []).push(f[1]); });
    return Promise.all(Object.keys(by).map(function (name) {
      if (name === 'force') return [name, function (d) { return by.force.indexOf(force[d]) >= 0; }];
      return facet(name).then(function (l) {
        var set = new Uint8Array(config.n);
        by[name].forEach(function (v) {
          l.names.forEach(function (n, i) { // a topic stands for those below it
            if (n === v || name === 'topic' && n.indexOf(v + '/') === 0) l.lists[i].forEach(function (d) { set[d] = 1; });
          });
        });
        return [name, function (d) { return set[d] === 1; }];
      });
    }));
  }
  // passes gives the test of all filters but that of one facet.
  function passes(tests, but) {
    return function (d) { return tests.every(function (t) { return t[0] === but || t[1](d); }); };
  }

  // now is the search that is shown: what was asked, found, in which order, how many
  // are wanted on the page, and their items by document. What comes late for another
  // search finds another now and does nothing.
  var now = null, here = '', pageTitle = doc.title;
  function start() {
    var a = asked(), me = now = { a: a, order: [], tests: [], items: {}, want: TOP, issue: null };
    here = location.search;
    box.value = a.q;
    doc.title = (a.q && short(a.q) + ' - ') + pageTitle;
    only.checked = has(a, 'force', 'in-force');
    out.textContent = extra.textContent = '';
    more.hidden = side.hidden = true;
    if (!a.q.trim() && !a.filters.length) { say.textContent = ''; return; }
    say.textContent = T('busy');
    needHant(a.q).then(function () {
      var q = parse(a.q);
      if (a.q.trim() && !q.terms.length || !config.n) { me.s = { q: q, force: [] }; nothing(me); return; }
      function found(s) {
        return filters(a, s.force).then(function (tests) {
          return rank(s, passes(tests), TOP).then(function (order) {
            me.s = s;
            me.tests = tests;
            me.order = order;
          });
        });
      }
      // A number is there after two files; what else holds it comes behind it.
      var first = q.number ? findNumber(q).then(found).then(function () { return fill(me); }) : Promise.resolve();
      return first.then(function () {
        if (me !== now) return null;
        return Promise.all([(q.terms.length ? find(q) : everything(q)).then(found), q.issue ? issue(me, q.issue) : null]);
      }).then(function () {
        me.done = true;
        return fill(me);
      }).then(function () {
        if (me === now) facets(me);
      });
    }).catch(function (e) { if (me === now) fail(e); });
  }
  // everything is a search without words: all documents, to be filtered.
  function everything(q) {
    return readState().then(function (force) {
      var docs = {};
      for (var d = 0; d < config.n; d++) docs[d] = blank();
      return { q: q, docs: docs, force: force, all: 0 };
    });
  }
  function fail(e) {
    now = null;
    out.textContent = extra.textContent = '';
    more.hidden = side.hidden = true;
    say.textContent = T(e && e.file !== undefined ? 'damaged' : 'failed');
    form.setAttribute('data-lost', '');
    if (!e || e.file === undefined) throw e;
  }
  function nothing(me) {
    var a = me.a;
    say.textContent = a.filters.length ? T('none-filtered') : T('none', short(a.q));
    extra.textContent = '';
    var ul = el('ul', 'advice');
    ['try-shorter', 'try-number', 'try-terms'].forEach(function (k) { if (a.q) ul.appendChild(el('li', '', T(k))); });
    if (a.filters.length) {
      var li = el('li'), link = el('a', '', T('try-unfiltered'));
      link.href = address({ q: a.q, filters: [] });
      li.appendChild(link);
      ul.appendChild(li);
    }
    extra.appendChild(ul);
  }
  function tell(me) {
    if (!me.done) return;
    var n = me.order.length, text;
    if (!n && !me.issue) { nothing(me); return; }
    text = n ? T(me.order.every(sureOf) ? 'count' : 'about', n) : me.issue;
    if (say.textContent !== text) say.textContent = text; // said aloud once
  }
  function sureOf(h) { return h.certain || h.ok; }

  // fill brings the page to the first me.want of me.order: titles at once, passages as
  // the pages come. It may be called at any time, and again before it has ended.
  function fill(me) {
    var top = me.order.slice(0, me.want);
    return readMeta(top.map(function (h) { return h.doc; })).then(function (ms) {
      if (me !== now) return null;
      top.forEach(function (h, i) {
        h.meta = ms[i];
        if (h.f.checked) return;
        h.f.checked = true;
        if (check(me.s, h)) h.certain = hit(me.s, h.doc).certain;
        if (!answers(me.s, h.f, h.f.body)) remove(me, h);
      });
      var list = me.order.slice(0, me.want);
      if (list.some(function (h) { return !h.meta; })) return fill(me);
      list.forEach(function (h, i) {
        var li = me.items[h.doc] = me.items[h.doc] || item(me, h);
        if (out.children[i] !== li) out.insertBefore(li, out.children[i] || null);
      });
      while (out.children.length > list.length) out.removeChild(out.lastChild);
      more.hidden = me.order.length <= me.want;
      tell(me);
      return null;
    });
  }
  function remove(me, h) {
    me.order = me.order.filter(function (x) { return x.doc !== h.doc; });
    delete me.s.docs[h.doc];
    delete me.items[h.doc];
  }
  function item(me, h) {
    var li = el('li', ENDED[h.force] ? 'ended' : ''), m = h.meta, s = me.s;
    var a = el('a', 'doc');
    a.href = base + m.address + 'index.html';
    mark(a, m.title, s.q.terms);
    li.appendChild(a);
    var facts = el('span', 'facts');
    if (h.force && words['force.' + h.force]) facts.appendChild(el('b', 'badge ' + h.force, words['force.' + h.force]));
    if (m.type) facts.appendChild(el('span', '', words['type.' + m.type]));
    if (m.number) mark(facts.appendChild(el('span')), m.number, h.f.number ? [stream(m.number)] : s.q.terms);
    if (m.issuers) facts.appendChild(el('span', '', m.issuers));
    if (m.date) facts.appendChild(el('time', '', m.date));
    li.appendChild(facts);
    if (s.q.terms.length && h.f.heads !== s.all && !h.f.number) read(me, h, li, a);
    return li;
  }
  // read fetches the page: the passage, the place in it, or that it is no hit.
  function read(me, h, li, a) {
    var passage = el('p', 'passage', T('reading'));
    li.appendChild(passage);
    verify(me.s, h).then(function (v) {
      if (me !== now) return;
      h.f.article = h.f.article && !!v.article;
      if (!answers(me.s, h.f, v.got)) {
        if (h.certain) throw damaged(h.meta.address); // the page is another than that of the index
        remove(me, h);
        fill(me).then(function () { if (me === now) facets(me); }).catch(fail);
        return;
      }
      h.ok = true;
      passage.textContent = '';
      if (h.f.article) {
        a.href += '#' + encodeURIComponent(v.article.id);
        passage.textContent = v.article.textContent.trim().slice(0, 90);
      } else if (v.best) {
        if (v.best.block.anchor) a.href += '#' + encodeURIComponent(v.best.block.anchor);
        mark(passage, v.best.block.text, me.s.q.terms, 40);
      }
      if (!passage.textContent) li.removeChild(passage);
      tell(me);
    }).catch(function () {
      if (me === now) { passage.textContent = T('unread'); passage.className += ' unread'; }
    });
  }
  // mark writes text with the terms marked; around: only so many characters beside the first.
  function mark(to, text, terms, around) {
    var at = [], s = stream(text, at), spans = [], pos = 0, end = text.length;
    terms.forEach(function (t) {
      for (var i = s.indexOf(t); i >= 0; i = s.indexOf(t, i + t.length)) {
        var last = at[i + t.length - 1];
        spans.push([at[i], last + (text.codePointAt(last) > 0xffff ? 2 : 1)]);
      }
    });
    spans.sort(function (x, y) { return x[0] - y[0] || y[1] - x[1]; });
    if (around !== undefined && spans.length) {
      if (spans[0][0] > around) { pos = spans[0][0] - around + 10; to.appendChild(doc.createTextNode('…')); }
      end = Math.min(end, Math.max(spans[0][1] + 2 * around, pos + 90));
    }
    spans.forEach(function (x) {
      var from = Math.max(x[0], pos);
      if (x[1] > end || x[1] <= from) return;
      to.appendChild(doc.createTextNode(text.slice(pos, from)));
      to.appendChild(el('mark', '', text.slice(from, x[1])));
      pos = x[1];
    });
    to.appendChild(doc.createTextNode(text.slice(pos, end) + (end < text.length ? '…' : '')));
  }
  // issue answers 2023年第6期第12页: the issue, and what stands on the page. Without a
  // year it is the newest issue of that number.
  function issue(me, want) {
    var years = config.issues.filter(function (y) { return !want.year || y === want.year; });
    function look() {
      var year = years.shift();
      return year && lines('search/recent/issues/' + year + '.bin').then(function (ls) {
        var l = ls.filter(function (x) { return +x[0] === want.no; })[0];
        if (!l) return look();
        if (me !== now) return null;
        var p = el('p', 'issue-hit'), name = l[2] || T('issue', year, want.no), on;
        function link(kind, text, address) {
          var a = el('a', kind, text);
          a.href = base + address + 'index.html';
          p.appendChild(a);
        }
        link('button', name, l[1]);
        extra.appendChild(p);
        me.issue = T('issue-found', name);
        if (!want.page) return null;
        on = (l[3] || '').split(' ').map(function (x) { return x.split(':').map(Number); }).filter(function (d) {
          return d[1] && d[1] <= want.page && want.page <= d[2];
        });
        if (!on.length) p.appendChild(el('span', '', T('no-pages')));
        return readMeta(on.map(function (d) { return d[0]; })).then(function (ms) {
          ms.forEach(function (m) { link('doc', T('on-page', want.page, m.title), m.address); });
        });
      });
    }
    return Promise.resolve(look());
  }
  // facets counts the values of what was found, after the first results. Of a facet that is
  // filtered by, all values stay to be chosen.
  var pending = 0, pressed = '';
  function facets(me) {
    clearTimeout(pending);
    pending = setTimeout(function () {
      Promise.all(FACETS.map(function (f) { return f === 'force' ? forceLists(me) : facet(f); })).then(function (all) {
        if (me !== now) return;
        var was = side.hidden, inner = side.lastChild, sure = me.order.every(sureOf);
        inner.textContent = '';
        all.forEach(function (l, i) { group(me, FACETS[i], l, sure, inner); });
        side.hidden = !inner.firstChild;
        if (was) side.open = wide() || me.a.filters.some(function (f) { return f[0] !== 'force'; });
        var again = pressed && inner.querySelector('[data-value="' + pressed.replace(/["\\]/g, '\\$&') + '"]');
        if (again) again.focus(); // the link that was pressed is made anew
        pressed = '';
        issuerHint(me, all[3]);
      }).catch(function () {
        if (me !== now) return;
        side.lastChild.textContent = T('no-facets');
        side.hidden = false;
      });
    }, 60);
  }
  function forceLists(me) {
    var by = {}, l = { names: [], lists: [] };
    me.s.force.forEach(function (f, d) { if (f) (by[f] = by[f] || []).push(d); });
    for (var f in by) { l.names.push(f); l.lists.push(by[f]); }
    return l;
  }
  function group(me, name, l, sure, to) {
    var rows = [], set = new Uint8Array(config.n), total = 0, keep = passes(me.tests, name);
    for (var d in me.s.docs) if (keep(+d)) { set[d] = 1; total++; }
    l.names.forEach(function (v, i) {
      var n = 0, on = has(me.a, name, v);
      l.lists[i].forEach(function (d) { n += set[d]; });
      if (n || on) rows.push([v, n, on]);
    });
    if (!rows[0] || !rows[1] && !rows[0][2] && rows[0][1] === total) return;
    rows.sort(function (x, y) { return name === 'year' || name === 'issue' ? (x[0] < y[0] ? 1 : -1) : y[1] - x[1] || (x[0] < y[0] ? -1 : 1); });
    var box = el('details'), ul = el('ul', 'chips');
    box.appendChild(el('summary', '', T('facet.' + name)));
    box.open = rows.some(function (r) { return r[2]; }) || name === 'force' || name === 'class' || wide() && name !== 'issue' && rows.length < 13;
    rows.forEach(function (r) {
      var li = el('li'), a = el('a', '', label(name, r[0]) + ' '), next = toggled(me.a, name, r[0]);
      a.href = address(next);
      a.setAttribute('data-value', name + '=' + r[0]);
      if (r[2]) a.setAttribute('aria-current', 'true');
      a.appendChild(el('small', '', (sure || !r[1] ? '' : T('approx')) + r[1]));
      a.addEventListener('click', function (e) {
        if (e.ctrlKey || e.metaKey) return;
        e.preventDefault();
        pressed = name + '=' + r[0];
        go(next);
      });
      li.appendChild(a);
      ul.appendChild(li);
    });
    box.appendChild(ul);
    to.appendChild(box);
  }
  function wide() { return matchMedia('(min-width: 60em)').matches; }
  // issuerHint offers the documents of an issuer whose name was typed.
  function issuerHint(me, l) {
    l.names.forEach(function (name) {
      if (extra.firstChild || stream(name) !== me.s.q.whole) return;
      var p = el('p'), a = el('a', 'button', T('issuer-only', name));
      a.href = address({ q: '', filters: [['issuer', name]] });
      p.appendChild(a);
      extra.appendChild(p);
    });
  }

  form.addEventListener('submit', function (e) {
    e.preventDefault();
    var a = asked(), q = box.value.trim();
    go({ q: q, filters: q === a.q ? a.filters : a.filters.filter(function (f) { return f[0] === 'force' && f[1] === 'in-force'; }) });
  });
  only.addEventListener('change', function () { go(toggled(asked(), 'force', 'in-force')); });
  more.addEventListener('click', function () {
    var me = now, next = out.children.length;
    if (!me) return;
    me.want += TOP;
    fill(me).then(function () {
      if (me === now && out.children[next]) out.children[next].firstChild.focus();
    }).catch(fail);
  });
  window.addEventListener('popstate', function () { if (location.search !== here) start(); });
  doc.addEventListener('keydown', function (e) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(doc.activeElement.tagName);
    if (e.key === '/' && !typing) { e.preventDefault(); box.focus(); return; }
    if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
    var as = Array.prototype.slice.call(out.querySelectorAll('li > a')), i = as.indexOf(doc.activeElement);
    if (i < 0 && doc.activeElement !== box) return;
    var to = as[i + (e.key === 'ArrowDown' ? 1 : -1)] || (e.key === 'ArrowUp' ? box : null);
    if (to) { e.preventDefault(); to.focus(); }
  });
  start();
})();
