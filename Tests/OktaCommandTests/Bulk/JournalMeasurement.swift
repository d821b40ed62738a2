#if CommandLine
import Foundation
import OktaRuntime
import Testing

@testable import OktaCommand

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Measures the cost of a journal with 10,000 rows, which are written before and after their calls.
/// `OKTA_MEASURE=journal swift test …` prints the figures in the README.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["OKTA_MEASURE"] == "journal"))
struct JournalMeasurement {
    private static let count = 10_000
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID())").path
    /// An object of usual size before a change.
    private let object = JSON(
        members: [
            ("id", "00u1abcdefghijklmnop" as JSON), ("status", "ACTIVE"), ("lastUpdated", "2026-01-01T00:00:00.000Z"),
            ("profile", JSON(members: (0..<20).map { ("attribute\($0)", JSON("some value \($0)")) })),
        ])

    @Test func measures() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for isDurable in [false, true] {
            let file = try seconds { try appendToFile(isDurable) }
            let size = try FileManager.default.attributesOfItem(atPath: "\(folder)/file")[.size] as? Int ?? 0
            let promise = isDurable ? "on disk before each call" : "kill-safe"
            print("append-only file, \(promise): \(file) s, \(size >> 10) KiB")
            #expect(size > Self.count * 2)
        }
        for isDurable in [false, true] { try measureDatabase(isDurable) }
    }

    private func measureDatabase(_ isDurable: Bool) throws {
        let path = "\(folder)/journal-\(isDurable).sqlite"
        let journal = try RunJournal(path: path, survivesPowerFailure: isDurable)
        let action = try CommandCatalog.all.category("user").action("partial-update-user")
        let spooling = try seconds {
            for start in stride(from: 0, to: Self.count, by: 500) {
                _ = try journal.add(
                    (start..<start + 500).map {
                        RunJournal.NewRow(
                            number: $0 + 1, place: "line \($0)",
                            call: RowCall(action, values: ["id": "00u\($0)"], body: ["profile": ["city": "Oslo"]]))
                    })
            }
        }
        let working = try seconds {
            for number in 1...Self.count {
                try journal.begin(number, before: object, at: Moment.now)
                try journal.end(number, RowResult(.done, status: 200, requestID: "r\(number)"), at: Moment.now)
            }
        }
        journal.close()
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        print(
            "SQLite, \(isDurable ? "on disk before each call" : "kill-safe"): \(working) s, \(size >> 10) KiB; "
                + "the rows before the first call: \(spooling) s")
        #expect(size > Self.count)
    }

    /// A record before and after each call: length, checksum, JSON.
    private func appendToFile(_ isDurable: Bool) throws {
        let descriptor = open("\(folder)/file", O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0o600)
        defer { close(descriptor) }
        for number in 1...Self.count {
            for isBefore in [true, false] {
                var record: JSON = ["row": JSON(number), "state": JSON(isBefore ? 1 : 2)]
                if isBefore { record["before"] = object }
                let text = Array(record.text.utf8)
                let line = Array("\(text.count) \(TextDigest.of(record.text)) ".utf8) + text + [10]
                #expect(write(descriptor, line, line.count) == line.count)
                if isBefore, isDurable { fsync(descriptor) }
            }
        }
    }

    private func seconds(_ work: () throws -> Void) rethrows -> Double {
        let time = try ContinuousClock().measure(work)
        return (Double(time.components.seconds) * 1000 + Double(time.components.attoseconds) / 1e15).rounded() / 1000
    }
}
#endif
