import Foundation
import Okta

/// Compares writing an unchanged page with copying the same bytes.
struct WriteComparison {
    let page: UserPage

    func run() throws {
        let bytes = page.bytes
        let document = try JSON(parsing: bytes)
        let users = document.elements ?? []
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var copy = [UInt8](repeating: 0, count: bytes.count)
        guard document.bytes == bytes else { throw BenchmarkError("the document has changed") }
        let seconds = try Rounds(ways: [
            (
                "copy",
                { () -> Int in
                    copy.withUnsafeMutableBytes { target in bytes.withUnsafeBytes { target.copyMemory(from: $0) } }
                    return Int(copy[copy.count / 2])
                }
            ),
            (
                "whole",
                { () -> Int in
                    output.removeAll(keepingCapacity: true)
                    document.write(into: &output)
                    return output.count
                }
            ),
            (
                "one by one",
                { () -> Int in
                    output.removeAll(keepingCapacity: true)
                    for user in users { user.write(into: &output) }
                    return output.count
                }
            ),
        ]).seconds()
        guard let reference = seconds["copy"] else { return }
        for (title, name) in [
            ("memory copy of the body", "copy"), ("write unchanged, in one", "whole"),
            ("write unchanged, user by user", "one by one"),
        ] {
            guard let time = seconds[name] else { continue }
            let rate = String(format: "%7.0f MB/s", Double(bytes.count) / 1e6 / time)
            let ratio = name == "copy" ? "" : String(format: "   %.2f times the time of the copy", time / reference)
            print("  " + title.padding(toLength: 48, withPad: " ", startingAt: 0) + rate + ratio)
        }
    }
}
