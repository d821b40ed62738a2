import ArgumentParser
import Foundation
import OktaGenerator

/// The program: runs the command and turns how it ended into an exit code.
@main
enum Program {
    /// How a run ended.
    struct End: Equatable {
        /// The exit code: 0 all is well, 1 drift, 2 what the caller or the machine can mend, 3 a defect of the generator.
        var code: Int32
        /// What is said on standard error; on standard output when all is well.
        var message: String?
    }

    static func main() {
        var end = run(Array(CommandLine.arguments.dropFirst()))
        if let message = end.message {
            if end.code == 0 { print(message) } else { say(message) }
        }
        // What was printed may have found no room.
        if fflush(nil) != 0, end.code < 2 {
            let reason = String(cString: strerror(errno))
            say("error: standard output can not be written: \(reason)")
            end.code = 2
        }
        Foundation.exit(end.code)
    }

    /// Runs a command line.
    static func run(_ arguments: [String]) -> End {
        do {
            var command = try OktaGeneratorCommand.parseAsRoot(arguments)
            try command.run()
            return End(code: 0)
        } catch let code as ExitCode {
            return End(code: code.rawValue)
        } catch let failure as InputFailure {
            return End(code: 2, message: "error: \(failure.message)")
        } catch let failure as FolderFailure {
            return End(
                code: 2,
                message: failure.description.split(separator: "\n").map { "error: \($0)" }.joined(separator: "\n"))
        } catch let error as CocoaError {
            // Foundation's errors here are all about files.
            let path = error.filePath.map { "\($0): " } ?? ""
            return End(code: 2, message: "error: \(path)\(error.localizedDescription)")
        } catch {
            let code = OktaGeneratorCommand.exitCode(for: error)
            let message = OktaGeneratorCommand.fullMessage(for: error)
            if code == .success { return End(code: 0, message: message) }
            return End(code: code == .validationFailure ? 2 : 3, message: message)
        }
    }

    /// Says on standard error what does not end the run.
    static func warn(_ message: String) {
        say("warning: \(message)")
    }

    private static func say(_ message: String) {
        // A standard error that is closed can not be told so.
        try? FileHandle.standardError.write(contentsOf: Data("\(message)\n".utf8))
    }
}
