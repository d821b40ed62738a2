import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOSSL

/// AsyncHTTPClient.
enum AsyncClient {
    static func measured(_ load: Load) async throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        if load.isSecure { tls.trustRoots = .file(load.caBundle) }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Load.inFlight
        configuration.httpVersion = .automatic
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            try await BenchClient.measure(load) { load in try await run(load, client) }
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    private static func run(_ load: Load, _ client: HTTPClient) async throws -> Int {
        try await load.inParallel {
            var request = HTTPClientRequest(url: load.url)
            for field in load.headers { request.headers.add(name: field.name.rawName, value: field.value) }
            let response = try await client.execute(request, timeout: .seconds(120))
            let body = try await response.body.collect(upTo: 1 << 20)
            return response.status == .ok && body.readableBytes == Load.bodySize
        }
    }
}
