import Foundation
import HTTPTypes

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// FoundationNetworking's URLSession, or Foundation's.
struct URLSessionClient: Sendable {
    private let session: URLSession

    init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = Load.inFlight
        session = URLSession(configuration: configuration)
    }

    @Sendable func run(_ load: Load) async throws -> Int {
        guard let url = URL(string: load.url) else { throw Failure(description: "\(load.url) is not a URL") }
        return try await load.inParallel { [session] in
            var request = URLRequest(url: url, timeoutInterval: 120)
            for field in load.headers { request.setValue(field.value, forHTTPHeaderField: field.name.rawName) }
            let (body, response) = try await session.data(for: request)
            return (response as? HTTPURLResponse)?.statusCode == 200 && body.count == Load.bodySize
        }
    }
}
