#if CommandLine
package import ArgumentParser

/// A command of the program that gets its surroundings.
package protocol ContextCommand: ParsableCommand {
    /// Runs it.
    func run(_ context: ProgramContext) async throws
}
#endif
