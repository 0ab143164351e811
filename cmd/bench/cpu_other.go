//go:build !linux

package main

import "time"

// threadTime and processTime are not told here.
func threadTime() time.Duration { return 0 }

func processTime() time.Duration { return 0 }
