import ArgumentParser
import Foundation

/// Runs generators on catalogs of growing size, and prints their CPU seconds and the growth.
///
/// Linear growth shows as the same microseconds for each entry at every size.
@main
struct MeasureScale: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure-scale", abstract: "Measures how the time of the generator grows with the catalog.")

    @Option(help: "A generator to measure, as label=path; several run on the same catalogs.")
    var generator: [String]

    @Option(help: "End a run after so many seconds; its figure is then the least that it takes.")
    var limit = 300

    @Option(help: "Measure one series only.")
    var only: String?

    private static let series: [(form: SyntheticCatalog.Form, title: String, counts: [Int])] = [
        (.actions, "actions, a thousand in a category", [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]),
        (.category, "actions in one category", [10_000, 30_000]),
        (.categories, "categories of one action", [1_000, 3_000, 10_000]),
        (.models, "models in one file", [3_000, 10_000, 30_000]),
        (.fields, "fields of one model", [1_000, 3_000, 10_000]),
        (.values, "values of one enumeration", [3_000, 10_000, 30_000]),
        (.variants, "forms of one union", [300, 1_000, 3_000]),
        (.misspelt, "misspelt names beside as many models", [1_000, 3_000, 9_000]),
        (.unknown, "unknown names beside as many models", [1_000, 3_000, 9_000]),
        (.levels, "levels of `extends`, ten fields each", [100, 300]),
    ]

    func run() throws {
        let generators = try generator.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("write a generator as label=path, not \(text)") }
            return (label: parts[0], path: parts[1])
        }
        for (form, title, counts) in Self.series where only == nil || only == form.rawValue {
            print("\n\(title)")
            print(row(["", "entries", "CPU seconds", "microseconds each", "ratio to \(generators[0].label)"]))
            for count in counts {
                let folder = FileManager.default.temporaryDirectory.appendingPathComponent("scale-\(UUID().uuidString)")
                defer { try? FileManager.default.removeItem(at: folder) }
                try SyntheticCatalog(form: form, count: count).write(to: "\(folder.path)/Spec")
                var first: Double?
                for (label, path) in generators {
                    let seconds = try time(path, in: folder.path)
                    let ratio = String(format: "%.2f", seconds / (first ?? seconds))
                    first = first ?? seconds
                    print(
                        row([
                            label, "\(count)", String(format: "%.2f", seconds),
                            String(format: "%.1f", seconds * 1_000_000 / Double(count)), ratio,
                        ]))
                    fflush(nil)
                }
            }
        }
    }

    private func row(_ cells: [String]) -> String {
        zip(cells, [12, 9, 13, 19, 16]).map { cell, width in
            String(repeating: " ", count: max(1, width - cell.count)) + cell
        }.joined()
    }

    /// Returns the CPU seconds of a run that generates into an empty folder.
    private func time(_ generator: String, in folder: String) throws -> Double {
        let before = Self.childSeconds()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "ulimit -t \(limit); exec \"$0\" \"$@\"", generator, "generate"]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: "\(folder)/Generated")
        try? FileManager.default.removeItem(atPath: "\(folder)/Tests")
        return Self.childSeconds() - before
    }

    private static func childSeconds() -> Double {
        var usage = rusage()
        #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        #else
        getrusage(RUSAGE_CHILDREN, &usage)
        #endif
        func value(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return value(usage.ru_utime) + value(usage.ru_stime)
    }
}
