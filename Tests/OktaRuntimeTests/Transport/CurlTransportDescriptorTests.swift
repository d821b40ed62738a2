import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A child process inherits no descriptors of a transport.
@Suite("CurlTransport: descriptors")
struct CurlTransportDescriptorTests {
    /// The open descriptors that a child process would inherit.
    private static var inherited: Set<Int32> {
        Set(
            (3..<Int32(4096)).filter { descriptor in
                let flags = fcntl(descriptor, F_GETFD)
                return flags >= 0 && flags & FD_CLOEXEC == 0
            })
    }

    @Test("Descriptors: connections are not inherited")
    func connectionsAreNotInherited() async throws {
        try await LoopbackServer.run { _ in
            .json("{}")
        } during: { server in
            let transport = try CurlTransport()
            _ = try await transport.send(server.request(.get))
            let body = try BodyStream(contentsOfFile: #filePath)
            _ = try await transport.send(server.request(.post, streamedBody: body))
            let sockets = ConnectedSockets.descriptors(to: server.port)
            #expect(!sockets.isEmpty)
            #expect(Self.inherited.isDisjoint(with: sockets))
            transport.shutdown()
        }
    }

    // No other test opens descriptors in a separate process.
    #if compiler(>=6.2)
    @Test("Descriptors: nothing of a transport is inherited")
    func nothingIsInherited() async {
        await #expect(processExitsWith: .success) {
            let before = Self.inherited
            let transports = try (0..<3).map { _ in try CurlTransport() }
            #expect(Self.inherited == before)
            try await LoopbackServer.run { _ in
                .json("{}")
            } during: { server in
                let withServer = Self.inherited
                for transport in transports { _ = try await transport.send(server.request(.get)) }
                let sockets = ConnectedSockets.descriptors(to: server.port)
                #expect(!sockets.isEmpty)
                #expect(Self.inherited.isDisjoint(with: sockets))
                // The only new descriptors are the server's ends of the connections.
                #expect(Self.inherited.subtracting(withServer).count <= transports.count)
            }
        }
    }
    #endif
}
