import Foundation
import HTTPTypes
import OktaRuntime
import Synchronization

/// A log for polling: events in the order of their recording, and cursors that count them.
final class PolledLog: Sendable {
    struct State {
        var events: [(uuid: String, published: String)] = []
        var generation = 0
        var pageSize = 2
    }

    let state = Mutex(State())

    func record(_ uuid: String, second: Int, millisecond: Int = 0) {
        let published = Self.published(second: second, millisecond: millisecond)
        state.withLock { $0.events.append((uuid, published)) }
    }

    /// Returns a time in the log's first hour.
    static func published(second: Int, millisecond: Int = 0) -> String {
        String(format: "2026-01-01T00:%02d:%02d.%03dZ", second / 60, second % 60, millisecond)
    }

    /// Invalidates all issued cursors.
    func forgetCursors() { state.withLock { $0.generation += 1 } }

    func response(to request: TransportRequest) -> TransportResponse {
        let query = URLComponents(string: request.head.path ?? "")?.queryItems ?? []
        func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
        return state.withLock { state in
            var position = 0
            let since = value("since") ?? ""
            var remaining = state.events.filter { $0.published >= since }
            if let after = value("after") {
                let parts = after.split(separator: "_").compactMap { Int($0) }
                guard parts.count == 2, parts[0] == state.generation else {
                    return .stub(400, #"{"errorCode":"E0000031","errorSummary":"Invalid cursor."}"#)
                }
                position = parts[1]
                remaining = Array(state.events.dropFirst(position))
            } else {
                position = state.events.count - remaining.count
            }
            let page = remaining.prefix(state.pageSize)
            let body = page.map { #"{"uuid":"\#($0.uuid)","published":"\#($0.published)"}"# }
            let after = "after=\(state.generation)_\(position + page.count)"
            let next = "</api/v1/logs?\(after)&limit=\(state.pageSize)>; rel=\"next\""
            return .stub(200, "[\(body.joined(separator: ","))]", headers: [("Link", next)])
        }
    }
}

/// An event of the log.
struct PolledEvent: OktaModel, Equatable {
    var json: JSON
    init(json: JSON) { self.json = json }
    var uuid: String? { json[string: "uuid"] }
}

/// The only action of the log.
struct PolledEventActions: ActionGroup {
    let _client: OktaClient
    init(client: OktaClient) { _client = client }
    func list(_ query: RequestQuery = [:]) -> Paged<PolledEvent> { _paged("/api/v1/logs", query: query) }
}
