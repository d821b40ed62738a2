import ArgumentParser
import Foundation
import OktaGenerator

/// The program: runs the command and converts its result into an exit code.
@main
enum Program {
    /// The result of a run.
    struct End: Equatable {
        /// The exit code: 0 success, 1 drift, 2 errors that the caller can fix, 3 a bug in the generator.
        var code: Int32
        /// The message for standard error, or for standard output after success.
        var message: String?
    }

    static func main() {
        var end = run(Array(CommandLine.arguments.dropFirst()))
        if let message = end.message {
            if end.code == 0 { print(message) } else { StandardError.write("\(message)\n") }
        }
        // The output may not have been written, for example to a full disk.
        if fflush(nil) != 0, end.code < 2 {
            let reason = String(cString: strerror(errno))
            StandardError.write("error: standard output cannot be written: \(reason)\n")
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
            // Here, Foundation's errors are all about files.
            let path = error.filePath.map { "\($0): " } ?? ""
            return End(code: 2, message: "error: \(path)\(error.localizedDescription)")
        } catch {
            let code = OktaGeneratorCommand.exitCode(for: error)
            let message = OktaGeneratorCommand.fullMessage(for: error)
            if code == .success { return End(code: 0, message: message) }
            return End(code: code == .validationFailure ? 2 : 3, message: message)
        }
    }
}
