// Unpacks zlib (RFC 1950, 1951) where the browser cannot. Loaded by search.js only
// when it is needed.
window.gongbaoInflate = function (b) {
  'use strict';
  var at = 2, bit = 0, out = new Uint8Array(b.length * 4), n = 0;
  function bits(count) {
    for (var v = 0, i = 0; i < count; i++) {
      if (at >= b.length) throw new Error('truncated');
      v |= (b[at] >> bit & 1) << i;
      if (++bit === 8) { bit = 0; at++; }
    }
    return v;
  }
  function put(c) {
    if (n === out.length) { var more = new Uint8Array(n * 2); more.set(out); out = more; }
    out[n++] = c;
  }
  // A code is canonical: how many symbols have each length, and the symbols in order.
  function code(lengths) {
    var count = [], offset = [0], symbols = [], i;
    for (i = 0; i < 16; i++) count[i] = 0;
    lengths.forEach(function (l) { count[l]++; });
    count[0] = 0;
    for (i = 0; i < 15; i++) offset[i + 1] = offset[i] + count[i];
    lengths.forEach(function (l, s) { if (l) symbols[offset[l]++] = s; });
    return { count: count, symbols: symbols };
  }
  function symbol(c) {
    for (var value = 0, first = 0, index = 0, len = 1; len < 16; len++) {
      value |= bits(1);
      if (value - c.count[len] < first) return c.symbols[index + value - first];
      index += c.count[len];
      first = first + c.count[len] << 1;
      value <<= 1;
    }
    throw new Error('bad code');
  }
  function repeat(v, times) { for (var a = []; times > 0; times--) a.push(v); return a; }
  var LENGTH = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  var DISTANCE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  var last, kind, literals, distances, i, s;
  do {
    last = bits(1);
    kind = bits(2);
    if (kind === 0) {
      if (bit) { bit = 0; at++; }
      for (i = b[at] | b[at + 1] << 8, at += 4; i > 0; i--) put(b[at++]);
      continue;
    }
    if (kind === 1) {
      literals = code(repeat(8, 144).concat(repeat(9, 112), repeat(7, 24), repeat(8, 8)));
      distances = code(repeat(5, 30));
    } else {
      var nl = bits(5) + 257, nd = bits(5) + 1, nc = bits(4) + 4, lengths = repeat(0, 19), all = [];
      for (i = 0; i < nc; i++) lengths[[16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15][i]] = bits(3);
      var c = code(lengths);
      while (all.length < nl + nd) {
        s = symbol(c);
        if (s < 16) all.push(s);
        else if (s === 16) all = all.concat(repeat(all[all.length - 1], 3 + bits(2)));
        else all = all.concat(repeat(0, s === 17 ? 3 + bits(3) : 11 + bits(7)));
      }
      literals = code(all.slice(0, nl));
      distances = code(all.slice(nl, nl + nd));
    }
    while ((s = symbol(literals)) !== 256) {
      if (s < 256) { put(s); continue; }
      s -= 257;
      var length = LENGTH[s] + bits(s < 8 || s === 28 ? 0 : (s >> 2) - 1);
      var d = symbol(distances), back = DISTANCE[d] + bits(d < 4 ? 0 : (d >> 1) - 1);
      for (; length > 0; length--) put(out[n - back]);
    }
  } while (!last);
  return out.subarray(0, n);
};
