internal import HTTPTypes

extension Transport {
    /// Sends a request whose body is streamed, and returns the response as soon as it can be judged.
    ///
    /// Only a 2xx response is returned with an unread body. Any other is read within the call's time, because its
    /// content decides how the call continues.
    ///
    /// - Parameters:
    ///   - deadline: The call's deadline; nil for none. The body of a 2xx response may take longer.
    ///   - time: The time source of the deadline.
    func open(
        _ request: TransportRequest, until deadline: Duration?, by time: any TimeSource
    ) async throws(TransportError) -> (answer: TransportResponse, body: BodyReader?) {
        let stream = try await stream(request)
        guard stream.head.status.kind != .successful else {
            return (TransportResponse(head: stream.head), stream.read)
        }
        let text = await time.run(until: deadline) { await stream.errorText() }
        guard let text else { throw TransportError(.timedOut, mayHaveReachedServer: true) }
        return (TransportResponse(head: stream.head, body: try text.get()), nil)
    }
}

extension TransportStream {
    /// The whole body; empty for one that is longer than any error of Okta's, where status and header fields are
    /// sufficient.
    fileprivate func errorText() async -> Result<[UInt8], TransportError> {
        do throws(TransportError) {
            return .success(try await collect(upTo: 1 << 20))
        } catch {
            return error.kind == .responseTooLarge ? .success([]) : .failure(error)
        }
    }
}
