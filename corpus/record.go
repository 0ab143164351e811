package corpus

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Record is one line of JSON lines.
type Record map[string]any

// ParseRecord reads a JSON object. Numbers stay as they are written.
func ParseRecord(line []byte) (Record, error) {
	dec := json.NewDecoder(strings.NewReader(string(line)))
	dec.UseNumber()
	var r Record
	err := dec.Decode(&r)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, fmt.Errorf("the line is no JSON: %v, at byte %d", err, syntax.Offset)
	case err != nil:
		return nil, errors.New("the line is no JSON object; each line holds one, in braces")
	case r == nil:
		return nil, errors.New("the line is no JSON object; each line holds one, in braces")
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("the line holds more than one JSON object; write each on a line of its own")
	}
	return r, nil
}

// Values returns the texts that a key leads to, in order, white space joined;
// empty ones are left out. A dot leads into an object, through lists; of several
// keys with commas between, one after the other is followed.
func (r Record) Values(key string) []string {
	var out []string
	for _, s := range r.Raw(key) {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Raw returns the texts that Values returns, as they are, empty ones too.
func (r Record) Raw(key string) []string {
	var out []string
	for k := range strings.SplitSeq(key, ",") {
		gather(map[string]any(r), strings.Split(strings.TrimSpace(k), "."), func(s string) { out = append(out, s) })
	}
	return out
}

func gather(v any, keys []string, add func(string)) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			gather(item, keys, add)
		}
	case map[string]any:
		if len(keys) > 0 {
			gather(v[keys[0]], keys[1:], add)
		}
	case string:
		if len(keys) == 0 {
			add(v)
		}
	case json.Number:
		if len(keys) == 0 {
			add(v.String())
		}
	}
}
