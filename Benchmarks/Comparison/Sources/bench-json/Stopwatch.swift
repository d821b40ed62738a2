import Foundation

/// CPU time of this thread.
struct Stopwatch {
    private let start = Self.now

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Seconds since the stopwatch was made.
    var seconds: Double { Self.now - start }
}

/// Measures several ways of doing one thing, in turns, so that what disturbs the machine disturbs them all.
struct Rounds {
    /// A way of doing it; what it returns is a sum over what was read.
    typealias Way = (name: String, run: () throws -> Int)

    let ways: [Way]

    /// The seconds of each way: the median of its rounds.
    func seconds() throws -> [String: Double] {
        var times: [String: [Double]] = [:]
        for round in 0..<8 {
            for way in ways {
                var repetitions = 0
                let watch = Stopwatch()
                repeat {
                    guard try way.run() != 0 else { throw BenchmarkError("\(way.name) read nothing") }
                    repetitions += 1
                } while watch.seconds < 0.05
                // The first round warms up.
                if round > 0 { times[way.name, default: []].append(watch.seconds / Double(repetitions)) }
            }
        }
        return times.mapValues { $0.sorted()[$0.count / 2] }
    }
}

struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
