"""What the peers in Python share: the files of the bench, timing and the result."""

import json
import os
import resource
import sys
import time

ROUNDS = 2  # of each query; the first is not counted


def own_memory():
    """Bytes of memory that are no mapped file."""
    for line in open("/proc/self/status"):
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0


def resident():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def passages(folder):
    for line in open(os.path.join(folder, "peers.jsonl"), encoding="utf-8"):
        yield json.loads(line)


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(path) for f in files)


def cpu():
    return time.clock_gettime(time.CLOCK_THREAD_CPUTIME_ID)


def share(values, of):
    return values[min(int(of * len(values)), len(values) - 1)] * 1000


def latency(clock, used):
    clock, used = sorted(clock), sorted(used)
    return {
        "p50": share(clock, 0.5), "p95": share(clock, 0.95), "p99": share(clock, 0.99), "mean": 1000 * sum(clock) / len(clock),
        "cpu": {"p50": share(used, 0.5), "p95": share(used, 0.95)},
    }


def build(folder, target, make):
    """Builds once; what it came to stays beside the index."""
    note = target + ".json"
    if os.path.exists(note):
        return json.load(open(note))
    begun, used, count, text = time.time(), time.process_time(), 0, 0

    def counted():
        nonlocal count, text
        for p in passages(folder):
            count += 1
            text += len(p["text"].encode())
            yield p

    make(counted())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    made = {"seconds": time.time() - begun, "cpu": time.process_time() - used, "bytes": size(target), "text": text, "peak": peak, "own": own_memory(), "count": count}
    json.dump(made, open(note, "w"))
    return made


def measure(engine, folder, made, open_index, ask, clients):
    """Asks every query that the engine has, bare and full; ask returns the number of hits or None."""
    queries = json.load(open(os.path.join(folder, "queries.json")))
    begun = time.time()
    index = open_index()
    ask(index, queries[0], True)
    result = {"engine": engine, "build": made, "open": time.time() - begun, "bare": {}, "full": {}, "throughput": {}, "hits": {}}
    for name, full in (("bare", False), ("full", True)):
        times = {}
        for turn in range(ROUNDS):
            for q in queries:
                used, clock = cpu(), time.perf_counter()
                hits = ask(index, q, full)
                clock, used = time.perf_counter() - clock, cpu() - used
                if hits is None:
                    continue
                if turn > 0:
                    for key in (q["class"], "all"):
                        times.setdefault(key, ([], []))
                        times[key][0].append(clock)
                        times[key][1].append(used)
                elif not full:
                    result["hits"].setdefault(q["class"], []).append(hits)
        result[name] = {key: latency(*t) for key, t in times.items()}
    result["throughput"] = {str(n): throughput(open_index, ask, queries, n, clients) for n in (1, 2, 8)}
    result["own"], result["resident"] = own_memory(), resident()
    json.dump(result, open(os.path.join(folder, "result-%s.json" % engine), "w"))


def throughput(open_index, ask, queries, clients, seconds):
    """Full requests a second from so many processes at once."""
    pipes = []
    begun = time.time()
    for client in range(clients):
        read, write = os.pipe()
        if os.fork() == 0:
            index, done, at = open_index(), 0, client
            while time.time() - begun < seconds:
                if ask(index, queries[at % len(queries)], True) is not None:
                    done += 1
                at += clients
            os.write(write, str(done).encode())
            os._exit(0)
        os.close(write)
        pipes.append(read)
    done = sum(int(os.read(p, 32) or b"0") for p in pipes)
    for p in pipes:
        os.close(p)
        os.wait()
    return done / (time.time() - begun)


def arguments():
    if len(sys.argv) != 3:
        sys.exit("usage: %s FOLDER SECONDS" % sys.argv[0])
    return sys.argv[1], float(sys.argv[2])
