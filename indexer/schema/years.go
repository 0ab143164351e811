package schema

import (
	"github.com/RoaringBitmap/roaring/v2"

	"ibid/corpus/edtf"
)

// Years tell which passages have a date that touches a year, so that a range of
// years is looked up and not searched for. Dates of more than longYears years are
// kept apart: they would be in every year.
type Years struct {
	first int      // the first year that a bitmap is of
	at    []uint32 // where the bitmap of each year begins in data, and the end; the last is that of the long dates
	data  []byte   // bitmaps in roaring's portable format
}

const longYears = 10

// Touching returns the passages that surely have a date in a range of days, and
// those that may have: the dates of these have to be looked at. The bitmaps belong
// to the mapped file: never change them.
func (y *Years) Touching(first, last edtf.Day) (sure, maybe []*roaring.Bitmap, err error) {
	n := len(y.at) - 2
	if n < 0 {
		return nil, nil, nil
	}
	from, _, _ := first.Civil()
	to, _, _ := last.Civil()
	for year := max(from, y.first); year <= to && year < y.first+n; year++ {
		b, err := y.bitmap(year - y.first)
		if err != nil {
			return nil, nil, err
		}
		if first <= edtf.DayOf(year, 1, 1) && edtf.DayOf(year, 12, 31) <= last {
			sure = append(sure, b)
		} else {
			maybe = append(maybe, b)
		}
	}
	b, err := y.bitmap(n)
	return sure, append(maybe, b), err
}

// Len returns the number of years.
func (y *Years) Len() int { return max(len(y.at)-2, 0) }

func (y *Years) bitmap(i int) (*roaring.Bitmap, error) {
	b := roaring.New()
	if y.at[i] == y.at[i+1] {
		return b, nil
	}
	_, err := b.FromBuffer(y.data[y.at[i]:y.at[i+1]])
	return b, err
}

// A yearsWriter collects the years of passages.
type yearsWriter struct {
	years map[int]*roaring.Bitmap
	long  *roaring.Bitmap
}

func newYearsWriter() *yearsWriter {
	return &yearsWriter{years: make(map[int]*roaring.Bitmap), long: roaring.New()}
}

func (w *yearsWriter) add(passage uint32, d Interval) {
	from, _, _ := edtf.Day(d.From).Civil()
	to, _, _ := edtf.Day(d.To).Civil()
	if to-from > longYears {
		w.long.Add(passage)
		return
	}
	for year := from; year <= to; year++ {
		b, ok := w.years[year]
		if !ok {
			b = roaring.New()
			w.years[year] = b
		}
		b.Add(passage)
	}
}

func (w *yearsWriter) finish() (*Years, error) {
	out := &Years{at: []uint32{0}}
	if len(w.years) > 0 {
		first, last := 9999, 0
		for year := range w.years {
			first, last = min(first, year), max(last, year)
		}
		out.first = first
		for year := first; year <= last; year++ {
			if err := out.append(w.years[year]); err != nil {
				return nil, err
			}
		}
	}
	return out, out.append(w.long)
}

func (y *Years) append(b *roaring.Bitmap) error {
	if b != nil && !b.IsEmpty() {
		b.RunOptimize()
		data, err := b.ToBytes()
		if err != nil {
			return err
		}
		y.data = append(y.data, data...)
	}
	y.at = append(y.at, uint32(len(y.data)))
	return nil
}
