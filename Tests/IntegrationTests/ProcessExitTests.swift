import Foundation
import OktaRuntime
import Testing

// Exit tests need Swift 6.2.
#if compiler(>=6.2)
/// OpenSSL cleans up while a process exits, even if it is in use. A transport must not use it any more by then.
@Suite("The end of the process", .enabled(if: Nginx.isRunning, "make test-integration starts nginx"))
struct ProcessExitTests {
    /// Transports are created, perform handshakes and are released while the process exits.
    @Test("Process exit: prints nothing and does not crash during any activity of a transport", arguments: 1...20)
    func printsNothingAndDoesNotCrashDuringAnyActivityOfTransport(_ turn: Int) async {
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
