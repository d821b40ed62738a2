@testable import LoopbackServer

/// Ports that are free at the moment.
enum FreePort {
    static func choose() throws -> Int { Int(try SilentListener().port) }
}
