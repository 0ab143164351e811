package ocr

// Offset returns the byte of Text up to which the print is read before byte col
// of the given 1-based line: for a marker that was cut out, the place where it
// stood.
func (r *Reading) Offset(line, col int) int {
	at := 0
	for i, u := range r.runs {
		l := r.lines[u.line]
		if l.Number > line || l.Number == line && u.col >= col {
			break
		}
		end := u.end
		if l.Number == line {
			end = min(end, col)
		}
		switch {
		case u.verbatim:
			at = u.off + end - u.col
		case i+1 < len(r.runs):
			at = r.runs[i+1].off
		default:
			at = len(r.Text)
		}
	}
	return at
}
