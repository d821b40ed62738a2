import Foundation
import Testing

/// SECURITY.md names a test for each promise, and each of these tests exists.
@Suite struct SecurityTests {
    private let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The promises, each with its test functions by file.
    private func promises() throws -> [(text: Substring, tests: [(file: String, functions: [String])])] {
        let text = try String(contentsOf: root.appendingPathComponent("SECURITY.md"), encoding: .utf8)
        let sections = try #require(text.firstRange(of: "\n## ")).lowerBound
        return text[sections...].split(separator: "\n- ").dropFirst().map { promise in
            let tests = promise.split(separator: "Test: ").dropFirst().map { test in
                let names = test.matches(of: /`([^`]+)`/).map { String($0.1) }
                return (file: names.first ?? "", functions: Array(names.dropFirst()))
            }
            return (promise, tests)
        }
    }

    @Test("Security: each promise names an existing test")
    func eachPromiseHasATest() throws {
        let promises = try promises()
        #expect(promises.count >= 8)
        for (promise, tests) in promises {
            #expect(!tests.isEmpty, "no test is named below: \(promise)")
            for (file, functions) in tests {
                let source = try? String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
                let code = try #require(source, "SECURITY.md names \(file), which is not there")
                #expect(!functions.isEmpty, "name the functions of \(file)")
                for function in functions {
                    // The attribute precedes the function, on the same line or with arguments on the lines above.
                    let place = try #require(
                        code.firstRange(of: "func \(function)("), "\(file) has no test `\(function)`")
                    let before = code[..<place.lowerBound].suffix(1200)
                    let attribute = before.range(of: "@Test", options: .backwards)
                    let other = before.range(of: "func ", options: .backwards)
                    let isTest = attribute.map { found in other.map { $0.lowerBound < found.lowerBound } ?? true }
                    #expect(isTest == true, "`\(function)` in \(file) is not a test")
                }
            }
        }
    }

    @Test("Security: guarantees that were once broken state the version since which they hold")
    func guaranteesThatWereOnceBrokenStateVersionSinceWhichTheyHold() throws {
        let since = try promises().filter { $0.text.contains(/Since:\s+Unreleased/) || $0.text.contains(/Since:\s+\d/) }
        #expect(since.count == 2)
    }
}
