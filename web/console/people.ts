import { button, make } from '../collect/page.ts'
import { ask, askAll } from './api.ts'
import type { Answer, Call, Fault } from './calls.ts'
import { inviteForm, type AskedInvitation } from './invite-form.ts'
import { nameIn } from '../speech.ts'
import { momentIn } from './language.ts'
import type { Messages } from './messages.zh.ts'
import { card, confirming, copyable, line, listOf, working } from './parts.ts'
import { roleName } from './role.ts'
import { slotsOf, type Section, type Surroundings } from './section.ts'

/** The people of an organisation: who is invited, and who is a member. */
type Made = Answer<'makeInvitation'>
type Invitation = Answer<'listInvitations'>['items'][number]
type Member = Answer<'listMembers'>['items'][number]

export function openPeople(surroundings: Surroundings): Section {
  const { organisation, speech } = surroundings
  const { making, lists, tell, fail, whole } = slotsOf(surroundings)
  let made: Made | undefined
  let invitations: readonly Invitation[] | undefined
  let members: readonly Member[] | undefined

  const load = async (): Promise<void> => {
    const [invited, joined] = await Promise.all([askAll('listInvitations'), askAll('listMembers')])
    if (!invited.ok) return fail(invited.fault)
    if (!joined.ok) return fail(joined.fault)
    invitations = invited.value
    members = joined.value
    drawLists()
  }
  const show = (next: Made | undefined): void => {
    made = next
    drawMaking()
    making.querySelector('h2')?.focus()
  }
  const invite = async (body: AskedInvitation): Promise<void> => {
    const reply = await ask('makeInvitation', { body })
    if (!reply.ok) return fail(reply.fault)
    tell(undefined)
    show(reply.value)
    await load()
  }
  /** Changes one thing, says so, and reads the lists again. */
  const change = async (
    name: Call,
    { id, label }: Pick<Member, 'id' | 'label'>,
    done: (words: Messages) => (label: string) => string,
  ): Promise<Fault | undefined> => {
    const reply = await ask(name, { id })
    if (!reply.ok) return reply.fault
    tell({ text: ({ words }) => done(words)(label), kind: 'good' })
    await load()
    return undefined
  }

  const drawMaking = (): void =>
    making.replaceChildren(made ? madeCard(made) : inviteForm(organisation, speech(), invite))

  const madeCard = ({ label, link, expiresAt }: Made): HTMLElement => {
    const { words } = speech()
    return card(
      words.invitationFor(label),
      make('p', {}, words.invitationHow),
      copyable(link, words),
      make('p', { class: 'hint' }, words.invitationUntil(momentIn(expiresAt, speech()))),
      button(words.done, 'primary', () => show(undefined)),
    )
  }

  const standing = ({ role, sites }: Pick<Member, 'role' | 'sites'>): string => {
    const { words } = speech()
    const named = sites?.map(
      (id) => organisation.sites.find((site) => site.id === id)?.name ?? { en: id, zh: id },
    )
    const where = named
      ? named.map((name) => nameIn(name, speech().language)).join(words.comma)
      : words.allSites
    return `${roleName(role, words)} · ${where}`
  }

  const drawLists = (): void => {
    const { words } = speech()
    const open = invitations?.filter(({ status }) => status === 'open')
    const earlier = invitations?.filter(({ status }) => status !== 'open') ?? []
    const sorted =
      members && [...members].sort((a, b) => Number(a.status === 'removed') - Number(b.status === 'removed'))
    const reading = make('p', { class: 'hint' }, words.loading)
    lists.replaceChildren(
      card(
        words.members,
        sorted ? listOf(sorted.map(memberLine), words.noMembers, words) : reading,
        working(words.refresh, words.loading, 'plain', load),
      ),
      card(
        words.invitations,
        open && listOf(open.map(invitationLine), words.noInvitations, words),
        earlier.length > 0 &&
          make(
            'details',
            {},
            make('summary', {}, words.earlier),
            listOf(earlier.map(invitationLine), '', words),
          ),
      ),
    )
  }

  const invitationLine = (invitation: Invitation): HTMLElement => {
    const { words } = speech()
    const { label, status, expiresAt } = invitation
    if (status !== 'open') {
      const over = line(label, [standing(invitation), words.invitationStatus[status]])
      over.classList.add('over')
      return over
    }
    const question = {
      button: words.withdraw,
      question: words.withdrawQuestion(label),
      yes: words.withdrawYes,
      no: words.keepInvitation,
      about: label,
    }
    const asked = confirming(question, words, () =>
      change('revokeInvitation', invitation, (now) => now.withdrawn),
    )
    return line(label, [standing(invitation), words.validUntil(momentIn(expiresAt, speech()))], asked)
  }

  const memberLine = (member: Member): HTMLElement => {
    const { words } = speech()
    const { id, status, madeAt } = member
    const label = id === organisation.memberId ? `${member.label} (${words.you})` : member.label
    const details = [
      standing(member),
      words.memberSince(momentIn(madeAt, speech())),
      words.memberStatus[status],
    ]
    if (status === 'removed') {
      const over = line(label, details)
      over.classList.add('over')
      return over
    }
    const common = { about: label, no: words.keepMember }
    const remove = confirming(
      { ...common, button: words.remove, question: words.removeQuestion(label), yes: words.removeYes },
      words,
      () => change('removeMember', member, (now) => now.removed),
    )
    const suspend = confirming(
      { ...common, button: words.suspend, question: words.suspendQuestion(label), yes: words.suspendYes },
      words,
      () => change('suspendMember', member, (now) => now.suspendedNow),
    )
    const resume = working(words.resume, words.loading, 'plain', async () => {
      const fault = await change('resumeMember', member, (now) => now.resumed)
      if (fault) fail(fault)
    })
    resume.setAttribute('aria-label', `${words.resume}: ${label}`)
    return line(label, details, status === 'active' ? suspend : resume, remove)
  }

  const draw = (): HTMLElement => {
    drawMaking()
    drawLists()
    return whole()
  }
  return { draw, load }
}
