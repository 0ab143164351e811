package indexer

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestBuildDiskFull: a disk that is full, or not to be written to, is told, and
// the old index stays. It needs a disk of its own, which only root can make.
func TestBuildDiskFull(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("ibid-test", disk, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip("a small disk cannot be made here: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	dir, index := shelf(t, threeFiles()), filepath.Join(disk, "index")
	if err := Update(context.Background(), loadShelf(t, dir), index, nil); err != nil {
		t.Fatal(err)
	}
	old, err := Current(index)
	if err != nil {
		t.Fatal(err)
	}
	var long strings.Builder // does not pack well
	for i := range 600_000 {
		long.WriteString(strings.ToUpper(string(rune('a' + i*i%26)))[:1])
		long.WriteString(string(rune('a' + (i*i/7+i)%26)))
		if i%5 == 4 {
			long.WriteByte(" \n"[i/5%9/8])
		}
		if i%900 == 899 {
			long.WriteString("\n\n")
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte(long.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	err = Update(context.Background(), loadShelf(t, dir), index, nil)
	if err == nil || !strings.Contains(err.Error(), "no space left") || !strings.Contains(err.Error(), "still whole") {
		t.Errorf("on a full disk: %v", err)
	}
	if info, err := Current(index); err != nil || info != old {
		t.Errorf("on a full disk: %+v, %v, want the old index %+v", info, err, old)
	}
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("the disk cannot be made read-only here: ", err)
	}
	if err := Update(context.Background(), loadShelf(t, dir), index, nil); err == nil || !strings.Contains(err.Error(), "cannot be written; choose another with --index") {
		t.Errorf("on a read-only disk: %v", err)
	}
	if info, err := Current(index); err != nil || info != old {
		t.Errorf("on a read-only disk: %+v, %v, want the old index %+v", info, err, old)
	}
}
