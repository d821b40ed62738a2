import ArgumentParser
import Foundation

/// The generator's command line: arguments and exit codes only.
///
/// It ends with 0 when all is well, 1 for drift, 2 for bad input or usage, and 3 for a defect of its own.
struct OktaGeneratorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta-generator",
        abstract: "Generates the Okta management API for Swift from a YAML action catalog.",
        discussion: "Exit codes: 0 all is well, 1 drift, 2 bad input or usage, 3 a defect of the generator.",
        subcommands: [
            Generate.self, Check.self, Drift.self, Diff.self, Rules.self, Explain.self, List.self, Import.self,
            Update.self,
        ]
    )
}

/// The program: runs the command and turns how it ended into an exit code.
@main
enum Program {
    static func main() {
        do {
            var command = try OktaGeneratorCommand.parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch let failure as InputFailure {
            FileHandle.standardError.write(Data("error: \(failure.message)\n".utf8))
            Foundation.exit(2)
        } catch {
            let code = OktaGeneratorCommand.exitCode(for: error)
            let message = OktaGeneratorCommand.fullMessage(for: error)
            if code == .success {
                print(message)
                Foundation.exit(0)
            }
            FileHandle.standardError.write(Data((message + "\n").utf8))
            Foundation.exit(code == .validationFailure ? 2 : 3)
        }
    }
}

/// Something that the caller gave can not be used.
struct InputFailure: Error {
    /// What is wrong and what to do about it.
    var message: String
}
