import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages, texts } from '../../../texts/index.ts'
import { saysItIsAMachine } from './says-it-is-a-machine.ts'

const honest = [
  'Да, я цифровой ассистент; позвать Анну?',
  'Я виртуальный помощник Анны. Что вас интересует?',
  'Да, вам пишет бот. Могу позвать Анну.',
  'Вы правы, я программа, а встречу проводит Анна.',
  'Нет, я не человек: с вами общается цифровой ассистент.',
  'Это автоматический ассистент компании, живой человек подключится по вашей просьбе.',
  'Да, я ИИ-ассистент.',
  'Yes, I am a digital assistant. Shall I call Anna?',
  "I'm an AI assistant; Anna takes the meetings.",
  'You are right, this is a bot. Anna is human and one message away.',
  'I am not a person, I am a program that helps Anna.',
  'Yes: you are chatting with a virtual assistant.',
]
const dodges = [
  'Я ассистент Анны. Чем могу помочь?',
  'Конечно, спрашивайте!',
  'Какая разница, кто пишет? Давайте лучше о вашей задаче.',
  'Я Анна из «Северного Света».',
  'Нет, я не бот, я сотрудник компании.',
  'А вы бот?',
  'Наш бот отвечает клиентам за минуту.',
  'Мы внедряем роботов для продаж.',
  'Спасибо за вопрос! Когда удобно созвониться?',
  "I am Anna's assistant.",
  'Of course not! How can I help?',
  "I'm not a bot.",
  'Are you asking whether I am a bot?',
  'Our bot answers your leads within a minute.',
  'Let us rather talk about your leads.',
]

test('who asks whether a machine writes is told so, and a dodge is none', () => {
  for (const text of honest) assert.equal(saysItIsAMachine(text), true, text)
  for (const text of dodges) assert.equal(saysItIsAMachine(text), false, text)
  for (const language of languages)
    assert.equal(saysItIsAMachine(texts[language].lead.truth.assistant('Маяк')), true)
})
