import Foundation
import GeneratorFuzzing

/// Runs that are killed at some point: the next run gives the result of a complete run.
struct KilledRuns {
    private let fuzzed: GeneratorCase
    private let generator: String
    private var random: SplitMix64

    init(of fuzzed: GeneratorCase, generator: String, seed: UInt64) {
        self.fuzzed = fuzzed
        self.generator = generator
        random = SplitMix64(seed: seed)
    }

    /// Kills runs of `generate` and `update`, and returns the number of killed runs.
    mutating func check() throws -> Int {
        let folder = fuzzed.folder
        // A catalog that `generate` rejects has no output.
        if FileManager.default.fileExists(atPath: "\(folder)/Generated") {
            try FileManager.default.removeItem(atPath: "\(folder)/Generated")
        }
        var killed = 0
        for _ in 0..<3 {
            killed += try start(["generate", "--output", "\(folder)/Generated", "--test-support", "none"])
        }
        try fuzzed.generate()
        // The catalog loses its parameters, and the update restores them.
        let complete = try fuzzed.texts()
        for (path, text) in complete where path.hasPrefix("models/") {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            guard lines.count > 6, path != "models/shared.yaml" else { continue }
            try FileManager.default.removeItem(atPath: "\(folder)/spec/\(path)")
        }
        let update = ["update", "--upstream", "\(folder)/openapi", "--changelog", "\(folder)/CHANGELOG.md"]
        let copy = "\(folder)/copy"
        try FileManager.default.copyItem(atPath: "\(folder)/spec", toPath: copy)
        let whole = try fuzzed.command("update", Array(update.dropFirst()))
        let expected = try fuzzed.texts()
        try FileManager.default.removeItem(atPath: "\(folder)/spec")
        try FileManager.default.moveItem(atPath: copy, toPath: "\(folder)/spec")
        for _ in 0..<3 { killed += try start(update) }
        let again = try fuzzed.command("update", Array(update.dropFirst()))
        guard whole.status == again.status, try fuzzed.texts() == expected else {
            throw GeneratorCase.Violation(
                description: "an update after one that was killed brings something else:\n\(again.output)")
        }
        return killed
    }

    /// Starts a run and kills it after a while. Returns 1 if it was still running.
    private mutating func start(_ arguments: [String]) throws -> Int {
        let run = try ProcessRun(generator, arguments + ["--spec", "\(fuzzed.folder)/spec"])
        usleep(UInt32(random.number(0...60_000)))
        run.kill()
        return try run.finish().status == -SIGKILL ? 1 : 0
    }
}
