import Foundation
import OktaRuntime
import Testing

// Tests that end a process came with Swift 6.2.
#if compiler(>=6.2)
/// OpenSSL takes itself down while a process ends, whoever is using it: a transport must be out of it by then.
@Suite("The end of the process", .enabled(if: Nginx.isRunning, "make test-integration starts nginx"))
struct ProcessExitTests {
    /// Transports come, shake hands and go when the process ends.
    @Test("Process exit: prints nothing and does not crash, whatever a transport is doing", arguments: 1...20)
    func isQuietWhateverATransportDoes(_ turn: Int) async {
        await #expect(processExitsWith: .success) {
            for _ in 0..<4 {
                Task { while true { try await Self.useTransport() } }
            }
            for _ in 0..<4 { try await Self.useTransport() }
            exit(EXIT_SUCCESS)
        }
    }

    private static func useTransport() async throws {
        _ = try await Nginx.transport().send(Nginx.request(.secure, "/connection"))
    }
}
#endif
