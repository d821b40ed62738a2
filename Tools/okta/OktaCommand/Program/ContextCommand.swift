#if CommandLine
package import ArgumentParser

/// A command of the program that runs in a context.
package protocol ContextCommand: ParsableCommand {
    /// Runs the command.
    func run(_ context: ProgramContext) async throws
}
#endif
