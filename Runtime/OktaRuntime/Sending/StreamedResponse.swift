internal import HTTPTypes

extension Transport {
    /// Sends a request whose body is to be read as it comes, and brings back the answer as soon as it can be judged.
    ///
    /// Only a good answer is handed out with its body yet to come. Any other is read, within the call's time, since what it
    /// says decides what becomes of the call.
    ///
    /// - Parameters:
    ///   - deadline: When the call must be over; nil for no limit. A good answer's body may take longer.
    ///   - time: What the deadline is measured by.
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
    /// The whole body; nothing of one that is longer than any error of Okta's: status and header fields are enough then.
    fileprivate func errorText() async -> Result<[UInt8], TransportError> {
        do throws(TransportError) {
            return .success(try await collect(upTo: 1 << 20))
        } catch {
            return error.kind == .responseTooLarge ? .success([]) : .failure(error)
        }
    }
}
