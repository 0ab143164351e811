package schema

import (
	"ibid/corpus"
	"ibid/corpus/edtf"
)

// An Interval is a stretch of days, both included, as edtf.Day counts them.
type Interval struct{ From, To int32 }

// Intervals returns the stretches of time that p speaks of, each once: when it
// was said or written, then the dates named in it. A date that cannot be read is none.
func Intervals(p *corpus.Passage) []Interval {
	var out []Interval
	add := func(from, to edtf.Day) {
		i := Interval{int32(from), int32(to)}
		for _, o := range out {
			if o == i {
				return
			}
		}
		if from > 0 && from <= to {
			out = append(out, i)
		}
	}
	for _, s := range []string{p.Date, documentDate(p)} {
		if v, err := edtf.Parse(s); err == nil {
			add(v.Earliest(), v.Latest())
		}
	}
	for _, d := range p.Dates {
		from, errFrom := edtf.ParseDay(d.Earliest)
		to, errTo := edtf.ParseDay(d.Latest)
		if errFrom == nil && errTo == nil {
			add(from, to)
		}
	}
	return out
}

func documentDate(p *corpus.Passage) string {
	if p.Document == nil {
		return ""
	}
	return p.Document.Date
}
