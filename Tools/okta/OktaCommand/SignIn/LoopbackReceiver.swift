internal import OktaRuntime

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Receives the redirect of an authorization request on a port of the loopback address (RFC 8252, section 7.3).
///
/// It listens only on 127.0.0.1, and ends with the first request that has the correct state. Requests for other paths,
/// with other `Host` headers (a page may resolve its own name to this address) or with another state are rejected
/// without effect, so no other page can end a sign-in.
package final class LoopbackReceiver: Sendable {
    private let descriptor: Int32
    /// The port.
    package let port: Int
    private static let path = "/callback"
    private static let maximumHeadBytes = 16 * 1024

    /// Starts listening.
    ///
    /// - Parameter port: The port; 0 for any free port.
    package init(port: Int) throws(CommandFailure) {
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw Self.failure("no socket can be opened", port) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isBound else {
            let failure = Self.failure("port \(port) cannot be listened on", port)
            close(descriptor)
            throw failure
        }
        self.descriptor = descriptor
        self.port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }

    /// The URI to register as a sign-in redirect URI of the app.
    package var redirectURI: String { "http://127.0.0.1:\(port)\(Self.path)" }

    /// Waits for the redirect.
    ///
    /// - Parameters:
    ///   - state: The expected state.
    ///   - limit: The timeout.
    /// - Returns: The parameters of the redirect.
    package func redirect(state: String, within limit: Duration = .seconds(600)) async throws(CommandFailure)
        -> [String: String]
    {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            let connection = accept(descriptor, nil, nil)
            guard connection >= 0 else {
                do { try await Task.sleep(for: .milliseconds(25)) } catch {
                    throw CommandFailure(.interrupted, "interrupted; nobody is signed in")
                }
                continue
            }
            defer { close(connection) }
            if let parameters = Self.serve(connection, port: port, state: state) { return parameters }
        }
        throw CommandFailure(
            .authorization, "the browser did not respond within \(limit.components.seconds) seconds")
    }

    /// Responds to one request.
    ///
    /// - Returns: The parameters of the redirect; nil for any other request.
    private static func serve(_ connection: Int32, port: Int, state: String) -> [String: String]? {
        // The accepted socket may inherit the listener's non-blocking mode.
        _ = fcntl(connection, F_SETFL, fcntl(connection, F_GETFL) & ~O_NONBLOCK)
        var patience = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let (status, text, parameters) = verdict(on: head(of: connection), port: port, state: state)
        let page =
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>okta</title><p>\(text)</p></html>"
        let response =
            "HTTP/1.1 \(status)\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: \(page.utf8.count)\r\n"
            + "Cache-Control: no-store\r\nConnection: close\r\n\r\n\(page)"
        _ = DescriptorWriter.writeAll(Array(response.utf8), to: connection)
        shutdown(connection, Int32(SHUT_WR))
        return parameters
    }

    /// Returns the response to a request.
    package static func verdict(
        on head: String?, port: Int, state: String
    ) -> (status: String, text: String, parameters: [String: String]?) {
        guard let head else { return ("400 Bad Request", "This request cannot be read.", nil) }
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count == 3, words[0] == "GET" else {
            return ("405 Method Not Allowed", "Only GET is supported.", nil)
        }
        let hosts = lines.dropFirst().filter { $0.lowercased().hasPrefix("host:") }
            .map { $0.dropFirst(5).filter { $0 != " " && $0 != "\t" } }
        guard hosts == ["127.0.0.1:\(port)"] else { return ("421 Misdirected Request", "Unknown host.", nil) }
        let target = words[1]
        guard target.prefix(while: { $0 != "?" }) == Self.path[...] else {
            return ("404 Not Found", "There is no such page.", nil)
        }
        let parameters = FormText.parameters(of: String(target.drop { $0 != "?" }.dropFirst()))
        guard let shown = parameters["state"], constantTimeEqual(shown, state) else {
            return ("400 Bad Request", "This response belongs to another sign-in.", nil)
        }
        let text =
            parameters["code"] == nil
            ? "The sign-in failed. The terminal says why." : "Signed in. This window can be closed."
        return ("200 OK", text, parameters)
    }

    private static func constantTimeEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Returns the head of a request; nil if it is too long, incomplete or not UTF-8.
    private static func head(of connection: Int32) -> String? {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while all.count < maximumHeadBytes {
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            all += piece[..<count]
            let text = String(validating: all, as: UTF8.self)
            if let text, let end = text.firstRange(of: "\r\n\r\n") { return String(text[..<end.lowerBound]) }
        }
        return nil
    }

    private static func failure(_ what: String, _ port: Int) -> CommandFailure {
        .usage(
            "\(what): \(String(cString: strerror(errno)))",
            advice: "Give another one with --port, and register http://127.0.0.1:PORT/callback with the app.")
    }
}

/// Query parameters.
enum FormText {
    /// Returns the parameters by name. The first of several with the same name counts.
    static func parameters(of query: String) -> [String: String] {
        var found: [String: String] = [:]
        for part in query.split(separator: "&") {
            let name = decoded(part.prefix { $0 != "=" })
            let value = decoded(part.drop { $0 != "=" }.dropFirst())
            if found[name] == nil { found[name] = value }
        }
        return found
    }

    private static func decoded(_ text: Substring) -> String {
        PercentEncoding.decodeLeniently(text.utf8, plusIsSpace: true)
    }
}
