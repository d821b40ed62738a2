import ArgumentParser
import Foundation

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
