package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// runPeers measures the other engines that are installed; one that is not is named
// and left out. It must run from the root of the repository.
func runPeers(cfg config) error {
	peers, err := filepath.Abs(filepath.Join("cmd", "bench", "peers"))
	if err != nil {
		return err
	}
	if _, err := os.Stat(peers); err != nil {
		return fmt.Errorf("the peers are not in %s; run from the root of the repository", peers)
	}
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return err
	}
	seconds := strconv.FormatFloat(cfg.Clients.Seconds(), 'f', -1, 64)
	for _, p := range []struct {
		engine, in, program string
		args                []string
	}{
		{"bleve", filepath.Join(peers, "bleve"), "go", []string{"run", "."}},
		{"xapian", peers, "/usr/bin/python3", []string{"xapian_peer.py"}},
		{"sqlite", peers, "/usr/bin/python3", []string{"sqlite_peer.py"}},
	} {
		cmd := exec.Command(p.program, append(p.args, dir, seconds)...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = p.in, os.Stderr, os.Stderr
		if err := cmd.Run(); err != nil {
			fmt.Fprintf(os.Stderr, "bench: %s is left out: %v\n", p.engine, err)
		}
	}
	return nil
}
