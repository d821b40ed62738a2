/// The reading end of a streamed response: ends the transfer when it is let go of, or its task is cancelled.
final class DownloadReader: Sendable {
    private let call: CurlCall
    private let channel: DownloadChannel
    private let mailbox: CurlMailbox
    /// A stream keeps its transport at work.
    private let transport: CurlTransport

    init(call: CurlCall, channel: DownloadChannel, mailbox: CurlMailbox, transport: CurlTransport) {
        self.call = call
        self.channel = channel
        self.mailbox = mailbox
        self.transport = transport
    }

    deinit {
        // The loop ignores it when the transfer has ended.
        mailbox.post(.cancel(call))
    }

    func next() async throws(TransportError) -> [UInt8]? {
        let taken = await withTaskCancellationHandler {
            await channel.take()
        } onCancel: {
            channel.finish(.failure(TransportError(.cancelled, mayHaveReachedServer: true)))
            mailbox.post(.cancel(call))
        }
        switch taken {
        case .piece(let bytes, let isLoopWaiting):
            if isLoopWaiting { mailbox.post(.resume(call)) }
            return bytes
        case .end:
            return nil
        case .failed(let error):
            throw error
        }
    }
}
