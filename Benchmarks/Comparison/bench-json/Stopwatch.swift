import Foundation

/// A stopwatch for the CPU time of this thread.
struct Stopwatch {
    private let start = Self.now

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The CPU seconds since the stopwatch was created.
    var seconds: Double { Self.now - start }
}

/// Measures several implementations of one task in turns, so that other load on the machine affects all of them.
struct Rounds {
    /// An implementation of the task. Its result is a sum over the read values.
    typealias Way = (name: String, run: () throws -> Int)

    let ways: [Way]

    /// Returns the seconds of each implementation in its fastest round, because other load on the machine only makes it
    /// slower.
    func seconds() throws -> [String: Double] {
        var fastest: [String: Double] = [:]
        for _ in 0..<10 {
            for way in ways {
                var repetitions = 0
                let watch = Stopwatch()
                repeat {
                    guard try way.run() != 0 else { throw BenchmarkError("\(way.name) read nothing") }
                    repetitions += 1
                } while watch.seconds < 0.05
                fastest[way.name] = min(watch.seconds / Double(repetitions), fastest[way.name] ?? .infinity)
            }
        }
        return fastest
    }
}

struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
