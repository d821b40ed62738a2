import ArgumentParser
import Foundation
import GeneratorFuzzing

/// `fuzz-generator`: runs random catalogs and documents through all commands of a built okta-generator, in separate
/// processes, so that every crash is detected.
@main
struct FuzzGenerator: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the generator on random catalogs and documents, and checks what must hold of the results.")

    @Option(help: "How long to go on, in seconds.")
    var seconds = 600

    @Option(help: "The first seed; without it, one that the clock gives.")
    var seed: UInt64?

    @Option(help: "How many cases to run at most.")
    var cases = Int.max

    @Option(help: "The generator's executable.")
    var generator: String

    @Option(help: "A folder to work in; a case that fails stays there.")
    var work: String

    @Option(
        help:
            "Arguments of the Swift compiler with which generated sources are checked, separated by spaces; none without them."
    )
    var compiler = ""

    @Option(help: "One case in so many is compiled.")
    var compileOnceIn = 40

    @Option(help: "One case in so many has its runs killed.")
    var killOnceIn = 8

    func run() throws {
        let first = seed ?? UInt64(Date().timeIntervalSince1970 * 1000)
        let end = Date(timeIntervalSinceNow: Double(seconds))
        let compiled = compiler.isEmpty ? nil : CompiledSources(arguments: compiler)
        var counts = (cases: 0, generated: 0, compiled: 0, killed: 0)
        for index in 0..<cases {
            guard Date() < end else { break }
            let seed = first &+ UInt64(index)
            let folder = "\(work)/case-\(seed)"
            do {
                let fuzzed = try GeneratorCase(seed: seed, folder: folder) { try ProcessRun(generator, $0).finish() }
                let result = try fuzzed.check()
                counts.cases += 1
                if result == .generated { counts.generated += 1 }
                if index % compileOnceIn == 0, let compiled, result == .generated {
                    try compiled.check("\(folder)/Generated", provingIt: counts.compiled == 0)
                    counts.compiled += 1
                }
                if index % killOnceIn == 0 {
                    var runs = KilledRuns(of: fuzzed, generator: generator, seed: seed)
                    counts.killed += try runs.check()
                }
                try FileManager.default.removeItem(atPath: folder)
            } catch {
                print("seed \(seed) breaks a rule, its files are in \(folder):\n\(error)")
                print("again: fuzz-generator --seed \(seed) --cases 1 …")
                throw ExitCode(1)
            }
        }
        print(
            "\(counts.cases) cases from seed \(first), \(counts.generated) generated, \(counts.compiled) compiled, "
                + "\(counts.killed) runs killed: every rule holds")
    }
}
