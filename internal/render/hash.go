package render

import (
	"bytes"
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"sync"
)

// Hash returns the key of a view together with what else the output depends
// on: the tool's version, layouts, strings. view must be plain data: what JSON
// would show of it counts, and nothing else.
func Hash(view any, with ...[]byte) Key {
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	b := (*buf)[:0]
	for _, w := range with {
		b = append(binary.AppendUvarint(b, uint64(len(w))), w...)
	}
	b = appendAny(b, reflect.ValueOf(view))
	*buf = b
	return sha256.Sum256(b)
}

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// An encoder appends a value of one type, so that no two values are the same.
type encoder func(b []byte, v reflect.Value) []byte

var encoders sync.Map // reflect.Type → encoder

func encoderOf(t reflect.Type) encoder {
	if e, ok := encoders.Load(t); ok {
		return e.(encoder)
	}
	// A type that holds itself finds this one, which waits for the true one.
	var e encoder
	var made sync.WaitGroup
	made.Add(1)
	if other, ok := encoders.LoadOrStore(t, encoder(func(b []byte, v reflect.Value) []byte { made.Wait(); return e(b, v) })); ok {
		return other.(encoder)
	}
	defer made.Done()
	e = newEncoder(t)
	encoders.Store(t, e)
	return e
}

var (
	jsonType = reflect.TypeFor[json.Marshaler]()
	textType = reflect.TypeFor[encoding.TextMarshaler]()
)

func newEncoder(t reflect.Type) encoder {
	if t.Kind() != reflect.Pointer && (t.Implements(jsonType) || t.Implements(textType)) {
		return appendJSON
	}
	switch t.Kind() {
	case reflect.String:
		return func(b []byte, v reflect.Value) []byte {
			s := v.String()
			return append(binary.AppendUvarint(b, uint64(len(s))), s...)
		}
	case reflect.Bool:
		return func(b []byte, v reflect.Value) []byte {
			if v.Bool() {
				return append(b, 1)
			}
			return append(b, 0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(b []byte, v reflect.Value) []byte { return binary.AppendVarint(b, v.Int()) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(b []byte, v reflect.Value) []byte { return binary.AppendUvarint(b, v.Uint()) }
	case reflect.Float32, reflect.Float64:
		return func(b []byte, v reflect.Value) []byte {
			return binary.LittleEndian.AppendUint64(b, math.Float64bits(v.Float()))
		}
	case reflect.Interface:
		return func(b []byte, v reflect.Value) []byte { return appendAny(b, v.Elem()) }
	case reflect.Pointer:
		to := encoderOf(t.Elem())
		return func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, 0)
			}
			return to(append(b, 1), v.Elem())
		}
	case reflect.Slice, reflect.Array:
		return listEncoder(t)
	case reflect.Map:
		return mapEncoder(t)
	case reflect.Struct:
		return structEncoder(t)
	}
	panic("render: view is not plain data: " + t.String())
}

// appendAny appends a value with its type.
func appendAny(b []byte, v reflect.Value) []byte {
	if !v.IsValid() {
		return append(b, 0)
	}
	name := v.Type().String()
	b = append(binary.AppendUvarint(b, uint64(len(name))), name...)
	return encoderOf(v.Type())(b, v)
}

func appendJSON(b []byte, v reflect.Value) []byte {
	text, err := json.Marshal(v.Interface())
	if err != nil {
		panic("render: view is not plain data: " + err.Error())
	}
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// listEncoder tells nil from an empty list.
func listEncoder(t reflect.Type) encoder {
	isNil := func(v reflect.Value) bool { return t.Kind() == reflect.Slice && v.IsNil() }
	if t.Elem() == reflect.TypeFor[byte]() {
		return func(b []byte, v reflect.Value) []byte {
			if isNil(v) {
				return append(b, 0)
			}
			b = binary.AppendUvarint(b, uint64(v.Len())+1)
			n := len(b)
			b = slices.Grow(b, v.Len())[:n+v.Len()]
			reflect.Copy(reflect.ValueOf(b[n:]), v)
			return b
		}
	}
	of := encoderOf(t.Elem())
	return func(b []byte, v reflect.Value) []byte {
		if isNil(v) {
			return append(b, 0)
		}
		b = binary.AppendUvarint(b, uint64(v.Len())+1)
		for i := range v.Len() {
			b = of(b, v.Index(i))
		}
		return b
	}
}

func mapEncoder(t reflect.Type) encoder {
	key, of := encoderOf(t.Key()), encoderOf(t.Elem())
	return func(b []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(b, 0)
		}
		pairs := make([][]byte, 0, v.Len())
		for i := v.MapRange(); i.Next(); {
			pairs = append(pairs, of(key(nil, i.Key()), i.Value()))
		}
		slices.SortFunc(pairs, bytes.Compare)
		b = binary.AppendUvarint(b, uint64(len(pairs))+1)
		for _, p := range pairs {
			b = append(b, p...)
		}
		return b
	}
}

// structEncoder appends the fields that JSON would show.
func structEncoder(t reflect.Type) encoder {
	type field struct {
		index int
		of    encoder
	}
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() && !(f.Anonymous && f.Type.Kind() == reflect.Struct) || f.Tag.Get("json") == "-" {
			continue
		}
		fields = append(fields, field{i, encoderOf(f.Type)})
	}
	return func(b []byte, v reflect.Value) []byte {
		for _, f := range fields {
			b = f.of(b, v.Field(f.index))
		}
		return b
	}
}
